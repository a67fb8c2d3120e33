package io.betrue.examples.files;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a request to S3 is to be signed with (AWS Signature Version 4, "Authenticating Requests: Using the Authorization Header"); written from the description, for the store that tests talk to. */
final class SigV4 {
    private SigV4() {}

    /**
     * A request.
     *
     * @param method its method
     * @param path its path as it was sent
     * @param query its query as it was sent, or empty
     * @param headers its headers, in lower case
     * @param signed which of them are signed, in order
     */
    record Request(String method, String path, String query, Map<String, String> headers, List<String> signed) {
        String header(String name) {
            return Objects.requireNonNull(headers.get(name), name);
        }
    }

    static String signature(Request request, String region, String secret) throws GeneralSecurityException {
        String time = request.header("x-amz-date");
        String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + hash(canonical(request));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static String canonical(Request request) {
        String query = request.query().isEmpty()
                ? ""
                : List.of(request.query().split("&", -1)).stream()
                        .map(one -> one.contains("=") ? one : one + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
        String headers = request.signed().stream()
                .map(name -> name + ":" + request.header(name).strip().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                request.path(),
                query,
                headers,
                String.join(";", request.signed()),
                request.header("x-amz-content-sha256"));
    }

    static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hash(byte[] bytes) {
        return HexFormat.of().formatHex(Hashes.sha256().digest(bytes)).toLowerCase(Locale.ROOT);
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
