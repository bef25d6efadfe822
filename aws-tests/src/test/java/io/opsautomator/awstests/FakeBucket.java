package io.opsautomator.awstests;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** A bucket in memory; two names a page. */
final class FakeBucket implements S3Client {
  final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  /** The KMS keys that objects are encrypted with, where a request named one. */
  final Map<String, String> keys = new ConcurrentSkipListMap<>();

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    try (InputStream content = body.contentStreamProvider().newStream()) {
      objects.put(request.key(), content.readAllBytes());
      if (request.serverSideEncryption() == ServerSideEncryption.AWS_KMS) {
        keys.put(request.key(), request.ssekmsKeyId());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return PutObjectResponse.builder().build();
  }

  @Override
  public <T> T getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    byte[] content = objects.get(request.key());
    if (content == null) {
      throw NoSuchKeyException.builder().message("no such key").statusCode(404).build();
    }
    try {
      return transformer.transform(
          GetObjectResponse.builder().contentLength((long) content.length).build(),
          AbortableInputStream.create(new ByteArrayInputStream(content)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    var names =
        objects.keySet().stream().filter(each -> each.startsWith(request.prefix())).toList();
    return ListObjectsV2Response.builder()
        .contents(
            names.stream().limit(2).map(each -> S3Object.builder().key(each).build()).toList())
        .isTruncated(names.size() > 2)
        .build();
  }

  @Override
  public DeleteObjectsResponse deleteObjects(DeleteObjectsRequest request) {
    request.delete().objects().forEach(each -> objects.remove(each.key()));
    return DeleteObjectsResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return "s3";
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
