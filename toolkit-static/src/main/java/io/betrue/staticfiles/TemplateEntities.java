package io.betrue.staticfiles;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads character references of HTML and XML, as far as they matter for where a value stands. */
final class TemplateEntities {
    private static final Pattern REFERENCE =
            Pattern.compile("&(?:#([0-9]{1,7});?|#[xX]([0-9A-Fa-f]{1,6});?|([A-Za-z][A-Za-z0-9]{0,31});)");
    private static final Pattern DOUBTFUL =
            Pattern.compile("&(?:#[0-9]{8}|#[xX][0-9A-Fa-f]{7}|[A-Za-z][A-Za-z0-9]{0,31};|(?i:quot|amp|lt|gt))");
    private static final Pattern CUT = Pattern.compile("&[#A-Za-z0-9]{0,32}$");
    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", "\u00a0"),
            Map.entry("colon", ":"),
            Map.entry("Tab", "\t"),
            Map.entry("NewLine", "\n"));

    private TemplateEntities() {}

    /** {@return the text with the references that are known here; others stay as they are} */
    static String decode(String text) {
        return text.indexOf('&') < 0 ? text : REFERENCE.matcher(text).replaceAll(TemplateEntities::replacement);
    }

    /** {@return the text without references, or {@code null} if it has one whose meaning is not certain, or is cut at its end} */
    static @Nullable String decodeStrictly(String text) {
        if (text.indexOf('&') < 0) {
            return text;
        }
        Matcher doubtful = DOUBTFUL.matcher(text);
        while (doubtful.find()) {
            String name = doubtful.group().substring(1);
            if (!name.endsWith(";") || !NAMED.containsKey(name.substring(0, name.length() - 1))) {
                return null;
            }
        }
        return decode(text);
    }

    static boolean isCut(String text) {
        int start = Math.max(0, text.length() - 34);
        return CUT.matcher(text.substring(start)).find();
    }

    private static String replacement(MatchResult found) {
        String decimal = found.group(1);
        String hex = found.group(2);
        if (decimal == null && hex == null) {
            return Matcher.quoteReplacement(NAMED.getOrDefault(found.group(3), found.group()));
        }
        int point = decimal != null ? Integer.parseInt(decimal) : Integer.parseInt(hex, 16);
        return Matcher.quoteReplacement(
                Character.isValidCodePoint(point) && point > 0 ? Character.toString(point) : "\ufffd");
    }
}
