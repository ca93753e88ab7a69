package dev.heddle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
  private final Router router =
      Router.builder()
          .get("/", named("root"))
          .get("/users", named("users"))
          .post("/users", named("add"))
          .get("/users/{id}", request -> Response.text("user " + request.pathParameter("id")))
          .get("/users/me", named("me"))
          .delete("/users/{who}", named("delete"))
          .get(
              "/users/{id}/posts/{post}",
              r -> Response.text(r.pathParameter("id") + "/" + r.pathParameter("post")))
          .any("/files/**", request -> Response.text("files " + request.remaining()))
          .get("/files/special", named("special"))
          .mount(
              "/api/{version}",
              Router.builder()
                  .get(
                      "/things/{id}",
                      r -> Response.text(r.pathParameter("version") + r.pathParameter("id")))
                  .build())
          .build();

  private static HttpHandler named(String name) {
    return _ -> Response.text(name);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "GET,/,200 root",
        "GET,/?a=b,200 root",
        "GET,http://h/users,200 users",
        "GET,/users,200 users",
        "POST,/users,200 add",
        "GET,/users/7,200 user 7",
        "GET,/users/a%2Fb,200 user a/b",
        "GET,/users/me,200 me",
        "DELETE,/users/me,200 delete",
        "GET,/users/7/posts/9,200 7/9",
        "GET,/users/me/posts/9,200 me/9",
        "HEAD,/users,200 users",
        "GET,/files,`200 files []`",
        "GET,/files/,`200 files []`",
        "PUT,/files/a/b,`200 files [a, b]`",
        "GET,/files/special,200 special",
        "PUT,/files/special,`200 files [special]`",
        "GET,/api/v1/things/x,200 v1x",
        "GET,/%75sers,200 users",
        "GET,/users/,404 404 Not Found",
        "GET,//users,404 404 Not Found",
        "GET,/nothing,404 404 Not Found",
        "GET,/users/../users,404 404 Not Found",
        "GET,/api/v1/other,404 404 Not Found",
        "GET,/USERS,404 404 Not Found",
      })
  void picks(String method, String target, String expected) throws Exception {
    assertThat(answer(method, target)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "PUT,/users,405,`GET, HEAD, OPTIONS, POST`",
        "POST,/users/7,405,`DELETE, GET, HEAD, OPTIONS`",
        "POST,/,405,`GET, HEAD, OPTIONS`",
        "OPTIONS,/users,204,`GET, HEAD, OPTIONS, POST`",
        "OPTIONS,*,204,`DELETE, GET, HEAD, OPTIONS, POST`",
      })
  void saysWhatIsAllowed(String method, String target, int status, String allow) throws Exception {
    Response response = router.handle(Request.of(method, target));
    assertThat(response.status().code()).isEqualTo(status);
    assertThat(response.headers().get("Allow")).isEqualTo(allow);
  }

  @Test
  void aMethodNobodyHasHeardOfIsNotImplemented() throws Exception {
    Router small = Router.builder().get("/", named("x")).route("PURGE", "/", named("y")).build();
    assertThat(small.handle(Request.of("BREW", "/")).status().code()).isEqualTo(501);
    assertThat(small.handle(Request.of("PURGE", "/x")).status().code()).isEqualTo(404);
    assertThat(small.handle(Request.of("CONNECT", "a:1")).status().code()).isEqualTo(501);
  }

  @Test
  void whatIsNotFoundMayBeAnsweredOtherwise() throws Exception {
    Router other = Router.builder().notFound(_ -> Response.text("other")).build();
    assertThat(other.handle(Request.of("GET", "/x")).status().code()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "/{a", "/a}", "/a{b}", "/**/a", "/*", "/{a}/{a}", "/a**"})
  void aPatternMayBeMalformed(String pattern) {
    assertThatThrownBy(() -> Router.builder().get(pattern, named("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRouteIsThereOnce() {
    Router.Builder builder = Router.builder().get("/{a}", named("x")).any("/{a}", named("y"));
    assertThatThrownBy(() -> builder.get("/{b}", named("z")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aParameterThatIsNotThereIsAMistake() {
    Request request = Request.of("GET", "/users/7");
    assertThatThrownBy(() -> request.pathParameter("id"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String answer(String method, String target) throws Exception {
    Response response = router.handle(Request.of(method, target));
    String body = new String(((Response.Full) response).body(), StandardCharsets.UTF_8);
    return response.status().code() + " " + body.strip();
  }
}
