package dev.heddle.ws;

/// The grammar of the fields of the handshake (RFC 9110, section 5.6).
final class FieldValues {
  private static final String OTHER_TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~";

  private FieldValues() {}

  static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(FieldValues::isTokenCharacter);
  }

  static boolean isTokenCharacter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || OTHER_TOKEN_CHARACTERS.indexOf(c) >= 0;
  }
}
