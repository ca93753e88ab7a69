package dev.heddle.http;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class FuzzCorpusTest {
  @TestFactory
  List<DynamicContainer> corpus() throws IOException {
    return List.of(
        of("Request", RequestFuzz::fuzzerTestOneInput),
        of("Fields", FieldsFuzz::fuzzerTestOneInput),
        of("Forwarded", ForwardedFuzz::fuzzerTestOneInput),
        of("Multipart", MultipartFuzz::fuzzerTestOneInput),
        of("Inflate", InflateFuzz::fuzzerTestOneInput),
        of("Router", RouterFuzz::fuzzerTestOneInput));
  }

  private static DynamicContainer of(String name, FuzzCorpus.Target target) throws IOException {
    return FuzzCorpus.of(FuzzCorpusTest.class, name, target);
  }
}
