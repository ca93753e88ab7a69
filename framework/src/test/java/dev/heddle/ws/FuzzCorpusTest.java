package dev.heddle.ws;

import dev.heddle.http.FuzzCorpus;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

class FuzzCorpusTest {
  @TestFactory
  List<DynamicContainer> corpus() throws IOException {
    return List.of(
        FuzzCorpus.of(FuzzCorpusTest.class, "Frames", FramesFuzz::fuzzerTestOneInput),
        FuzzCorpus.of(FuzzCorpusTest.class, "Deflate", DeflateFuzz::fuzzerTestOneInput));
  }
}
