package dev.heddle.demo.ws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.ws.Message;
import dev.heddle.ws.PreparedMessage;

/// Events to the members, and what they say.
final class Json {
  /// Nobody who means well nests.
  private static final int MAX_DEPTH = 4;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private Json() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record without a form in JSON", e);
    }
  }

  static PreparedMessage prepare(ChatEvent event) {
    return PreparedMessage.of(write(event));
  }

  /// What a member says with `{"message": "hello"}`.
  static String said(Message message) throws RefusedException {
    if (!(message instanceof Message.Text text)) {
      throw new RefusedException("Messages are text, not bytes.");
    }
    JsonNode said = parse(text.text()).path("message");
    if (!said.isTextual()) {
      throw new RefusedException("Messages look like {\"message\": \"hello\"}.");
    }
    String words = said.textValue().strip();
    if (words.isEmpty() || words.length() > ChatLimits.MESSAGE) {
      throw new RefusedException("A message has 1 to " + ChatLimits.MESSAGE + " characters.");
    }
    return words;
  }

  private static JsonNode parse(String text) throws RefusedException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new RefusedException("Messages are JSON.");
    }
  }
}
