package dev.heddle;

/// The options that not every engine has.
public enum EngineOption {
  /// [ServerOptions#loops()].
  LOOPS("loops"),

  /// [ServerOptions#threads()].
  THREADS("threads"),

  /// [ServerOptions#carrier()].
  CARRIER("carrier"),

  /// [ServerOptions#selectorProvider()].
  SELECTOR_PROVIDER("selectorProvider"),

  /// [ServerOptions#loopStallWarning()].
  LOOP_STALL_WARNING("loopStallWarning");

  private final String optionName;

  EngineOption(String optionName) {
    this.optionName = optionName;
  }

  /// The name of the field in [ServerOptions].
  public String optionName() {
    return optionName;
  }

  /// Whether the options ask for anything but the engine's default.
  boolean isSet(ServerOptions options) {
    return switch (this) {
      case LOOPS -> options.loops() != 0;
      case THREADS -> options.threads() != 0;
      case CARRIER -> options.carrier() != Carrier.AUTO;
      case SELECTOR_PROVIDER -> options.selectorProvider() != SelectorProviderKind.SYSTEM;
      case LOOP_STALL_WARNING ->
          !options.loopStallWarning().equals(ServerOptions.DEFAULT_LOOP_STALL_WARNING);
    };
  }
}
