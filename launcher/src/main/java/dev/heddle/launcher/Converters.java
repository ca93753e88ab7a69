package dev.heddle.launcher;

import dev.heddle.Carrier;
import dev.heddle.Rate;
import dev.heddle.SelectorProviderKind;
import dev.heddle.proxy.ProxyProtocol.Mode;
import dev.heddle.tls.ClientAuthentication;
import java.lang.System.Logger.Level;
import java.time.Duration;
import picocli.CommandLine;

/// How the words of a command line become values. All say what they expected instead of what
/// failed.
final class Converters {
  private Converters() {}

  static void register(CommandLine line) {
    line.registerConverter(int.class, new NumberConverter());
    line.registerConverter(Integer.class, new NumberConverter());
    line.registerConverter(boolean.class, new SwitchConverter());
    line.registerConverter(Boolean.class, new SwitchConverter());
    line.registerConverter(Duration.class, new DurationConverter());
    line.registerConverter(Carrier.class, new ChoiceConverter<>(Carrier.class));
    line.registerConverter(
        SelectorProviderKind.class, new ChoiceConverter<>(SelectorProviderKind.class));
    line.registerConverter(Rate.class, new RateConverter());
    line.registerConverter(Mode.class, new ChoiceConverter<>(Mode.class));
    line.registerConverter(
        ClientAuthentication.class, new ChoiceConverter<>(ClientAuthentication.class));
    line.registerConverter(Level.class, new ChoiceConverter<>(Level.class));
  }
}
