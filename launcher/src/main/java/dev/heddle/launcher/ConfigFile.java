package dev.heddle.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/// A Java properties file, in UTF-8, whose keys are flags without their dashes.
///
/// @param name as it was given
/// @param values by key
record ConfigFile(String name, Map<String, String> values) {
  static final ConfigFile NONE = new ConfigFile("", Map.of());

  static ConfigFile read(String name) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(name))) {
      properties.load(reader);
    } catch (InvalidPathException | NoSuchFileException e) {
      throw unreadable(name, "no such file");
    } catch (AccessDeniedException e) {
      throw unreadable(name, "permission denied");
    } catch (CharacterCodingException e) {
      throw unreadable(name, "it is not UTF-8");
    } catch (IOException e) {
      throw unreadable(name, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw LaunchException.usage(name + " is not a properties file: " + e.getMessage());
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return new ConfigFile(name, values);
  }

  private static LaunchException unreadable(String name, String why) {
    return LaunchException.environment(
        "can't read %s: %s; expected a properties file".formatted(name, why));
  }
}
