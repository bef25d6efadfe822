package io.opsautomator.aws.dynamodb;

import io.opsautomator.store.StoreException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What is too large for an item, in a bucket. An object is named by its owner and by the SHA-256 of
 * what it holds, so that writing it twice is writing it once, nothing is ever overwritten by
 * something else, and what is read is known to be what was written. Encrypted at rest by the
 * bucket's own rule, or with the key given. Thread-safe.
 */
final class LargeTexts {
  private final Supplier<S3Client> client;
  private final String bucket;
  private final String prefix;
  private final String key;

  /**
   * @param prefix before the names of all objects; empty for none
   * @param key the KMS key to encrypt with; empty for what the bucket says
   */
  LargeTexts(Supplier<S3Client> client, String bucket, String prefix, String key) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
    this.key = key;
  }

  /** Returns its name. */
  String write(String owner, byte[] content) {
    String name = prefix + owner + "/" + sum(content);
    call(
        name,
        () ->
            client
                .get()
                .putObject(
                    request -> {
                      request.bucket(bucket).key(name).contentType("application/octet-stream");
                      if (!key.isEmpty()) {
                        request.serverSideEncryption(ServerSideEncryption.AWS_KMS).ssekmsKeyId(key);
                      }
                    },
                    RequestBody.fromBytes(content)));
    return name;
  }

  byte[] read(String name) {
    byte[] content =
        call(
            name,
            () ->
                client
                    .get()
                    .getObjectAsBytes(request -> request.bucket(bucket).key(name))
                    .asByteArray());
    if (!name.endsWith("/" + sum(content))) {
      throw new StoreException(
          "object %s in bucket %s is damaged: it does not fit the checksum in its name"
              .formatted(name, bucket));
    }
    return content;
  }

  /** All of one owner. */
  void remove(String owner) {
    String start = prefix + owner + "/";
    boolean more = true;
    while (more) {
      ListObjectsV2Response page =
          call(start, () -> client.get().listObjectsV2(r -> r.bucket(bucket).prefix(start)));
      List<ObjectIdentifier> some =
          page.contents().stream()
              .map(S3Object::key)
              .map(each -> ObjectIdentifier.builder().key(each).build())
              .toList();
      if (!some.isEmpty()) {
        call(
            start,
            () -> client.get().deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(some))));
      }
      more = Boolean.TRUE.equals(page.isTruncated()) && !some.isEmpty();
    }
  }

  private <T> T call(String name, Supplier<T> call) {
    try {
      return call.get();
    } catch (NoSuchKeyException e) {
      throw new StoreException(
          "object %s in bucket %s is gone: it held what was too large for the table; a lifecycle"
                  .formatted(name, bucket)
              + " rule of that bucket must not remove what runs still need",
          e);
    } catch (NoSuchBucketException e) {
      throw new StoreException(
          "there is no bucket %s: make it, or correct OA_PAYLOAD_BUCKET".formatted(bucket), e);
    } catch (S3Exception e) {
      String advice = e.statusCode() == 403 ? "; allow the role what docs/dynamodb.md lists" : "";
      throw new StoreException(
          "object %s in bucket %s: %s%s".formatted(name, bucket, e.getMessage(), advice), e);
    } catch (SdkException e) {
      throw new StoreException(
          "object %s in bucket %s: %s".formatted(name, bucket, e.getMessage()), e);
    }
  }

  private static String sum(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
