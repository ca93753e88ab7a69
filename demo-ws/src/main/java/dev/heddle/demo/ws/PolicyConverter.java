package dev.heddle.demo.ws;

import dev.heddle.ws.MailboxPolicy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads what becomes of slow members.
final class PolicyConverter implements ITypeConverter<MailboxPolicy> {
  @Override
  public MailboxPolicy convert(String text) {
    return switch (text) {
      case "drop-oldest" -> MailboxPolicy.DROP_OLDEST;
      case "drop-newest" -> MailboxPolicy.DROP_NEWEST;
      case "close" -> MailboxPolicy.CLOSE;
      default -> throw new TypeConversionException("expected drop-oldest, drop-newest or close");
    };
  }
}
