package io.opsautomator.aws;

import java.net.URI;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Sends every request to one address instead of the service's own. Done on the wire and not by the
 * SDK's endpoint override, so that all else - endpoints, signing, presigned parameters, accounts
 * and regions - is computed exactly as for AWS itself.
 */
record EmulatedEndpoint(SdkHttpClient http, URI address) implements SdkHttpClient {
  /** {@code address}, if requests can be sent there. */
  static URI checked(URI address) {
    String scheme = String.valueOf(address.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
      throw new IllegalArgumentException(
          "not an endpoint: '" + address + "'; such as http://127.0.0.1:5555");
    }
    return address;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return http.prepareRequest(
        HttpExecuteRequest.builder()
            .request(
                request
                    .httpRequest()
                    .copy(
                        rerouted ->
                            rerouted
                                .protocol(address.getScheme())
                                .host(address.getHost())
                                .port(address.getPort() < 0 ? null : address.getPort())))
            .contentStreamProvider(request.contentStreamProvider().orElse(null))
            .metricCollector(request.metricCollector().orElse(null))
            .build());
  }

  @Override
  public String clientName() {
    return http.clientName();
  }

  @Override
  public void close() {
    http.close();
  }
}
