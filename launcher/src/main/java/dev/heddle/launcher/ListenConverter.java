package dev.heddle.launcher;

import dev.heddle.launcher.ListenAddress.Inet;
import dev.heddle.launcher.ListenAddress.Inherited;
import dev.heddle.launcher.ListenAddress.Unix;
import java.net.UnixDomainSocketAddress;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `127.0.0.1:8080`, `[::]:8080`, `unix:/run/app.sock,mode=0660` and `inherited`.
final class ListenConverter implements ITypeConverter<ListenAddress> {
  private static final Pattern INET = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:\\[\\]]*)):([^:]*)");
  private static final Pattern UNIX = Pattern.compile("unix:(.+?)(?:,mode=([^,]*))?");
  private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");

  /// What the bits of a mode stand for, from 0400 to 0001.
  private static final String ALL = "rwxrwxrwx";

  @Override
  public ListenAddress convert(String text) {
    Matcher unix = UNIX.matcher(text);
    if (unix.matches()) {
      return new Unix(UnixDomainSocketAddress.of(unix.group(1)), permissions(unix.group(2)));
    }
    if (text.equals("inherited")) {
      return new Inherited();
    }
    Matcher inet = INET.matcher(text);
    if (!inet.matches()) {
      throw new TypeConversionException(
          "expected host:port, [address]:port, unix:/path, unix:/path,mode=0660 or inherited");
    }
    String host = inet.group(1) != null ? inet.group(1) : inet.group(2);
    return new Inet(host, new NumberConverter.Port().convert(inet.group(3)));
  }

  private static @Nullable Set<PosixFilePermission> permissions(@Nullable String mode) {
    if (mode == null) {
      return null;
    }
    if (!MODE.matcher(mode).matches()) {
      throw new TypeConversionException("expected a mode such as 0660, in octal");
    }
    int bits = Integer.parseInt(mode, 8);
    StringBuilder symbolic = new StringBuilder(ALL.length());
    for (int i = 0; i < ALL.length(); i++) {
      symbolic.append((bits >> (ALL.length() - 1 - i) & 1) != 0 ? ALL.charAt(i) : '-');
    }
    return PosixFilePermissions.fromString(symbolic.toString());
  }
}
