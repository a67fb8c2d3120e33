package io.betrue.examples.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples of "Signature Calculations for the Authorization Header: Transferring Payload in a Single Chunk" in the documentation of Amazon S3. */
class SigV4Test {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final String NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static String signature(String method, String path, String query, Map<String, String> more)
            throws GeneralSecurityException {
        Map<String, String> headers = new TreeMap<>(more);
        headers.put("host", "examplebucket.s3.amazonaws.com");
        headers.put("x-amz-date", "20130524T000000Z");
        SigV4.Request request = new SigV4.Request(method, path, query, headers, List.copyOf(headers.keySet()));
        return SigV4.signature(request, "us-east-1", SECRET);
    }

    @Test
    void signsTheGetOfAnObject() throws GeneralSecurityException {
        assertThat(signature("GET", "/test.txt", "", Map.of("range", "bytes=0-9", "x-amz-content-sha256", NOTHING)))
                .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signsThePutOfAnObject() throws GeneralSecurityException {
        Map<String, String> headers = Map.of(
                "date", "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class", "REDUCED_REDUNDANCY",
                "x-amz-content-sha256", SigV4.hash("Welcome to Amazon S3."));
        assertThat(signature("PUT", "/test%24file.text", "", headers))
                .isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void signsQueries() throws GeneralSecurityException {
        assertThat(signature("GET", "/", "lifecycle", Map.of("x-amz-content-sha256", NOTHING)))
                .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
        assertThat(signature("GET", "/", "prefix=J&max-keys=2", Map.of("x-amz-content-sha256", NOTHING)))
                .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }
}
