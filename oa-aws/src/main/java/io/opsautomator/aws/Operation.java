package io.opsautomator.aws;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;

/**
 * An operation of a service under the name that IAM knows it by, so that what was called can be
 * held against what was permitted. Immutable.
 */
record Operation(String service, String name) {
  /** Where IAM's prefix is not the name that the SDK's client gives itself. */
  private static final Map<String, String> IAM_PREFIXES =
      Map.of(
          "monitoring", "cloudwatch",
          "tagging", "tag",
          "email", "ses",
          "streams.dynamodb", "dynamodb");

  private static final String AS_BYTES = "AsBytes";
  private static final ClassValue<String> SERVICES =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          return nameOf(type);
        }
      };

  /** IAM's prefix of the service that a client interface belongs to. */
  static String service(Class<?> client) {
    return SERVICES.get(client);
  }

  private static String nameOf(Class<?> client) {
    try {
      String name = (String) client.getField("SERVICE_NAME").get(null);
      return IAM_PREFIXES.getOrDefault(name, name);
    } catch (ReflectiveOperationException notGenerated) {
      throw new IllegalArgumentException(
          client.getName() + " is not the interface of an SDK client: no SERVICE_NAME",
          notGenerated);
    }
  }

  static Operation of(String service, Method method) {
    String name = method.getName();
    // S3's getObjectAsBytes and its like are shapes of the operation before the suffix.
    String plain =
        name.endsWith(AS_BYTES) ? name.substring(0, name.length() - AS_BYTES.length()) : name;
    return new Operation(service, Character.toUpperCase(plain.charAt(0)) + plain.substring(1));
  }

  static boolean is(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    return parameters.length > 0
        && AwsRequest.class.isAssignableFrom(parameters[0])
        && !Future.class.isAssignableFrom(method.getReturnType())
        && !isPaginator(method);
  }

  /** A default method that ends in an operation of the same client. */
  static boolean isOverload(Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    if (!method.isDefault()) {
      return false;
    }
    return isPaginator(method)
        || (parameters.length == 0 && SdkResponse.class.isAssignableFrom(method.getReturnType()))
        || (parameters.length > 0 && parameters[0] == Consumer.class);
  }

  private static boolean isPaginator(Method method) {
    return method.getName().endsWith("Paginator")
        && SdkIterable.class.isAssignableFrom(method.getReturnType());
  }

  boolean isRead() {
    return ReadOperations.contains(service, name);
  }

  @Override
  public String toString() {
    return service + ":" + name;
  }
}
