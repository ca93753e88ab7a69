package dev.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenFailureTest {
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
    LaunchException explained = ListenFailure.explain(new BindException("127.0.0.1:80: " + cause));
    assertThat(explained).hasMessage("can't listen on 127.0.0.1:80: " + advice);
    assertThat(explained.exitStatus()).isEqualTo(Launcher.ENVIRONMENT);
  }

  @Test
  void aSocketThatCannotBeMadeComesWithAdvice() {
    assertThat(ListenFailure.explain(new BindException("unix:/a/b: Permission denied")))
        .hasMessage(
            "can't listen on unix:/a/b: the directory is not yours to write to; choose another"
                + " path");
  }

  @Test
  void anyOtherFailureSpeaksForItself() {
    assertThat(ListenFailure.explain(new IOException("no epoll here")))
        .hasMessage("can't start: no epoll here");
  }
}
