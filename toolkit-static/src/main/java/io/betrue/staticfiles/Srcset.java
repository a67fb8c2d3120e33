package io.betrue.staticfiles;

import java.util.ArrayList;
import java.util.List;

/** Finds the URLs of a {@code srcset} attribute (HTML, 4.8.4.2.2). */
final class Srcset {
    private Srcset() {}

    static List<Span> urls(Span attribute) {
        String value = attribute.value();
        List<Span> urls = new ArrayList<>();
        int at = 0;
        while (at < value.length()) {
            if (blank(value.charAt(at)) || value.charAt(at) == ',') {
                at++;
                continue;
            }
            int start = at;
            while (at < value.length() && !blank(value.charAt(at))) {
                at++;
            }
            int end = at;
            while (value.charAt(end - 1) == ',') {
                end--;
            }
            urls.add(attribute.part(start, end));
            at = end < at ? at : afterDescriptors(value, at);
        }
        return urls;
    }

    private static int afterDescriptors(String value, int from) {
        boolean inBrackets = false;
        for (int at = from; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == ',' && !inBrackets) {
                return at + 1;
            }
            inBrackets = c == '(' || (inBrackets && c != ')');
        }
        return value.length();
    }

    private static boolean blank(char c) {
        return HtmlScanner.blank(c);
    }
}
