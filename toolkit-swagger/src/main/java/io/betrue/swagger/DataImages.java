package io.betrue.swagger;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the images that are written into a style sheet into files: {@code default-src 'self'} forbids {@code data:}. */
final class DataImages {
    private static final Pattern URL =
            Pattern.compile("url\\((?:\"(data:(?:[^\"\\\\]|\\\\.)*+)\"|(data:[^)\"']*+))\\)");
    private static final Pattern DATA =
            Pattern.compile("data:image/([a-z]+)(?:\\+xml)?[^,]*?(;base64)?,(.*)", Pattern.DOTALL);

    private DataImages() {}

    static String extract(String css, PageAssets assets) {
        return URL.matcher(css).replaceAll(url -> {
            String data = url.group(1) == null ? url.group(2) : url.group(1).replaceAll("\\\\(.)", "$1");
            Matcher parts = DATA.matcher(data);
            if (!parts.matches()) {
                return Matcher.quoteReplacement(url.group());
            }
            byte[] bytes = parts.group(2) == null
                    ? URLDecoder.decode(parts.group(3).replace("+", "%2B"), StandardCharsets.UTF_8)
                            .getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(parts.group(3));
            return Matcher.quoteReplacement("url(" + assets.add("image." + parts.group(1), bytes) + ")");
        });
    }
}
