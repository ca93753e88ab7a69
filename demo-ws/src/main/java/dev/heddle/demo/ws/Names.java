package dev.heddle.demo.ws;

import java.text.Normalizer;
import java.util.Locale;

/// What people and rooms may be called: nothing that can't be seen, or that changes how what is
/// beside it looks.
final class Names {
  private Names() {}

  /// The name of a person, tidied.
  static String person(String text) throws RefusedException {
    String name = tidy(text);
    if (isLongOrEmpty(name) || !name.codePoints().allMatch(Names::isVisible)) {
      throw new RefusedException("A name has 1 to " + ChatLimits.NAME + " visible characters.");
    }
    return name;
  }

  /// The name of a room, tidied, in lower case.
  static String room(String text) throws RefusedException {
    String name = tidy(text.toLowerCase(Locale.ROOT));
    if (isLongOrEmpty(name) || !name.codePoints().allMatch(Names::isOfRoom)) {
      throw new RefusedException(
          "A room's name has 1 to " + ChatLimits.NAME + " letters, digits, - and _.");
    }
    return name;
  }

  private static String tidy(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).strip().replaceAll("\\s+", " ");
  }

  private static boolean isLongOrEmpty(String name) {
    return name.isEmpty() || name.length() > ChatLimits.NAME;
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static boolean isOfRoom(int character) {
    return Character.isLetterOrDigit(character) || character == '-' || character == '_';
  }
}
