package io.opsautomator.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers what a test says, and keeps what was asked. Thread-safe. */
final class StubHttp implements SdkHttpClient {
  /** One request: where it went, its form fields (query protocols), its body as text. */
  record Asked(SdkHttpRequest http, Map<String, String> form, String body) {
    String action() {
      return form.getOrDefault("Action", "");
    }

    String accessKey() {
      String signature = http.firstMatchingHeader("Authorization").orElse("unsigned");
      return signature.replaceAll(".*Credential=([^/]*)/.*", "$1");
    }
  }

  record Answer(int status, String body) {}

  @FunctionalInterface
  interface Script {
    Answer answer(Asked asked) throws IOException;
  }

  private final Script script;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  StubHttp(Script script) {
    this.script = script;
  }

  static StubHttp always(int status, String body) {
    return new StubHttp(asked -> new Answer(status, body));
  }

  /** What EC2 answers when it does not do something. */
  static Answer ec2Error(int status, String code) {
    return new Answer(
        status,
        "<Response><Errors><Error><Code>%s</Code><Message>the reason</Message></Error></Errors><RequestID>r-1</RequestID></Response>"
            .formatted(code));
  }

  List<Asked> asked() {
    return List.copyOf(asked);
  }

  List<String> actions() {
    return asked.stream().map(Asked::action).toList();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        Asked one = read(request);
        asked.add(one);
        Answer answer = script.answer(one);
        return HttpExecuteResponse.builder()
            .response(SdkHttpResponse.builder().statusCode(answer.status()).build())
            .responseBody(
                AbortableInputStream.create(
                    new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8))))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  private static Asked read(HttpExecuteRequest request) {
    String body =
        request
            .contentStreamProvider()
            .map(
                content -> {
                  try (var stream = content.newStream()) {
                    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                  } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                  }
                })
            .orElse("");
    return new Asked(request.httpRequest(), form(body), body);
  }

  private static Map<String, String> form(String body) {
    Map<String, String> fields = new TreeMap<>();
    for (String field : body.split("&")) {
      String[] parts = field.split("=", 2);
      if (parts.length == 2) {
        fields.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return fields;
  }

  @Override
  public void close() {}
}
