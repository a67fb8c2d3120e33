package io.betrue.examples.files;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Keeps bytes in a bucket of a store that speaks S3, each file as one object whose key is its id. An upload goes through a file without a name on the own disk, since a store wants to know the length
 * first, and so that a request can be made once more: three times at most. Safe for use by multiple threads.
 */
public final class S3Store implements FileStore, AutoCloseable {
    private static final int NOT_FOUND = 404;
    private static final int INSUFFICIENT_STORAGE = 507;

    private final S3Options options;
    private final Path spool;
    private final S3Client client;

    /**
     * Makes a store; nothing is asked before the first file.
     *
     * @param options where it is
     * @param spool a folder of the own disk for uploads on their way
     */
    public S3Store(S3Options options, Path spool) {
        this.options = options;
        this.spool = spool;
        this.client = S3Client.builder()
                .endpointOverride(options.endpoint())
                .region(Region.of(options.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        options.keys().id(), options.keys().secret())))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(true) // which every store understands, as it does a body in one piece
                        .chunkedEncodingEnabled(false)
                        .build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED) // Content-MD5 does it everywhere
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED) // Outgoing does it
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(options.silence())
                        .socketTimeout(options.silence()))
                .overrideConfiguration(o -> o.apiCallTimeout(options.timeout()).retryStrategy(RetryMode.STANDARD))
                .build();
    }

    @Override
    public void write(UUID id, InputStream content, long most) throws IOException {
        try (Spool bytes = Spool.of(content, spool, most)) {
            RequestBody body = RequestBody.fromContentProvider(bytes::open, bytes.size(), "application/octet-stream");
            String md5 = bytes.contentMd5();
            client.putObject(r -> r.bucket(options.bucket()).key(id.toString()).contentMD5(md5), body);
        } catch (SdkException e) {
            throw failure("written", id, e);
        }
    }

    @Override
    public InputStream read(UUID id) throws IOException {
        try {
            return new Reading(client.getObject(r -> r.bucket(options.bucket()).key(id.toString())));
        } catch (SdkException e) {
            throw failure("read", id, e);
        }
    }

    @Override
    public void delete(UUID id) throws IOException {
        try {
            client.deleteObject(r -> r.bucket(options.bucket()).key(id.toString()));
        } catch (SdkException e) {
            throw failure("deleted", id, e);
        }
    }

    private IOException failure(String what, UUID id, SdkException cause) {
        String message = "the object " + id + " of the bucket " + options.bucket() + " could not be " + what + ": "
                + cause.getMessage();
        if (cause instanceof S3Exception answer) {
            String code = answer.awsErrorDetails() == null
                    ? ""
                    : String.valueOf(answer.awsErrorDetails().errorCode());
            if (answer.statusCode() == NOT_FOUND && !code.equals("NoSuchBucket")) {
                NoSuchFileException missing = new NoSuchFileException(id.toString(), null, message);
                missing.initCause(cause);
                return missing;
            }
            if (answer.statusCode() == INSUFFICIENT_STORAGE || code.contains("Quota") || code.contains("StorageFull")) {
                return new StorageFullException(message, cause);
            }
        }
        return new IOException(message, cause);
    }

    /**
     * An object that is being read. Java's client takes the end of a connection for the end of an object; this knows better, where the store has said how long the object is.
     * Whoever stops in the middle does not wait for the rest.
     */
    private static final class Reading extends FilterInputStream {
        private final ResponseInputStream<GetObjectResponse> response;
        private final @Nullable Long length; // which a store need not say, or a proxy has left out
        private long passed;
        private boolean ended;

        Reading(ResponseInputStream<GetObjectResponse> response) {
            super(response);
            this.response = response;
            this.length = response.response().contentLength();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int read = super.read(target, offset, count);
            passed += Math.max(0, read);
            if (read < 0 && length != null && passed < length) {
                throw new EOFException("the store broke off after " + passed + " of " + length + " bytes");
            }
            ended = read < 0 || (length != null && passed == length);
            return read;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                super.close();
            } else {
                response.abort();
            }
        }
    }

    /** Closes the connections. */
    @Override
    public void close() {
        client.close();
    }
}
