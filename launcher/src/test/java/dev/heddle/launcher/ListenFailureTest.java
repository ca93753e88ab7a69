package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenFailureTest {
  private static final InetSocketAddress ADDRESS =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Address already in use | the port is taken; choose another by --port (0: any that is"
            + " free)",
        "Permission denied | the port needs privileges; choose one from 1024 by --port",
        "Cannot assign requested address | this machine does not have the address; choose one by"
            + " --host (0.0.0.0: all)",
        "Out of luck | Out of luck",
      })
  void anAddressThatCannotBeBoundComesWithAdvice(String cause, String advice) {
    LaunchException explained = ListenFailure.explain(ADDRESS, new BindException(cause));
    assertThat(explained).hasMessage("can't listen on 127.0.0.1:80: " + advice);
    assertThat(explained.exitStatus()).isEqualTo(Launcher.ENVIRONMENT);
  }

  @Test
  void anyOtherFailureSpeaksForItself() {
    assertThat(ListenFailure.explain(ADDRESS, new IOException("no epoll here")))
        .hasMessage("can't start: no epoll here");
  }
}
