package io.betrue.examples.files;

/**
 * Who the service is to a store that speaks S3.
 *
 * @param id the access key
 * @param secret the secret key, which is shown nowhere
 */
public record S3Keys(String id, String secret) {
    /** Checks that there are some. */
    public S3Keys {
        if (id.isBlank() || secret.isBlank()) {
            throw new IllegalArgumentException("a store needs an access key and a secret key");
        }
    }

    /** {@return the access key} */
    @Override
    public String toString() {
        return "S3Keys[" + id + "]";
    }
}
