package io.betrue.examples.files;

import java.net.URI;
import java.time.Duration;

/**
 * Where a store is that speaks S3.
 *
 * @param endpoint {@code https://s3.eu-central-1.amazonaws.com}, or that of another store; the bucket stands in the path
 * @param region {@code eu-central-1}; stores that know no regions take {@code us-east-1}
 * @param bucket a bucket of this service alone, which exists
 * @param keys who the service is; they need GetObject, PutObject and DeleteObject in the bucket
 * @param timeout how long one request may take, without the reading of a file; a second to 10 minutes. After half of it, at most 10 seconds, without a byte, the store counts as gone
 */
public record S3Options(URI endpoint, String region, String bucket, S3Keys keys, Duration timeout) {
    private static final Duration MOST_SILENCE = Duration.ofSeconds(10);

    /** Refuses what is malformed or out of range. */
    public S3Options {
        if (endpoint.getHost() == null
                || !("https".equals(endpoint.getScheme()) || "http".equals(endpoint.getScheme()))) {
            throw new IllegalArgumentException("an S3 endpoint looks like https://host, was " + endpoint);
        }
        if (region.isBlank() || bucket.isBlank()) {
            throw new IllegalArgumentException("a store has a region and a bucket");
        }
        if (timeout.compareTo(Duration.ofSeconds(1)) < 0 || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("timeout must be 1 second to 10 minutes, was " + timeout);
        }
    }

    /** {@return how long the store may be silent} */
    Duration silence() {
        Duration half = timeout.dividedBy(2);
        return half.compareTo(MOST_SILENCE) < 0 ? half : MOST_SILENCE;
    }
}
