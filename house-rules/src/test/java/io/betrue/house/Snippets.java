package io.betrue.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the Java code in a page and the tagged regions of a source file. */
final class Snippets {
    private static final Pattern SOURCE = Pattern.compile("<!-- snippet: (\\S+)#(\\S+) -->");

    private Snippets() {}

    /**
     * A fenced block of Java in a page.
     *
     * @param line the line of the fence, from 1
     * @param file the source file that the comment above names, or an empty text
     * @param region the region of that file
     * @param code the lines between the fences
     */
    record Fence(int line, String file, String region, List<String> code) {}

    static List<Fence> fences(String page) {
        List<String> lines = page.lines().toList();
        List<Fence> fences = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith("```java")) {
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).strip().equals("```")) {
                    end++;
                }
                fences.add(fence(lines, i, end));
                i = end;
            }
        }
        return fences;
    }

    private static Fence fence(List<String> lines, int start, int end) {
        Matcher source = SOURCE.matcher(start == 0 ? "" : lines.get(start - 1).strip());
        List<String> code = withoutIndentation(lines.subList(start + 1, end));
        return source.matches()
                ? new Fence(start + 1, source.group(1), source.group(2), code)
                : new Fence(start + 1, "", "", code);
    }

    /** {@return the region's lines without their common indentation; empty when there is no such region} */
    static List<String> region(String source, String name) {
        List<String> lines = source.lines().toList();
        List<String> found = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            String text = line.strip();
            if (text.equals("// tag::" + name + "[]")) {
                inside = true;
            } else if (text.equals("// end::" + name + "[]")) {
                inside = false;
            } else if (inside && !text.matches("// (tag|end)::\\S+\\[]")) {
                found.add(line);
            }
        }
        return withoutIndentation(found);
    }

    private static List<String> withoutIndentation(List<String> lines) {
        return String.join("\n", lines)
                .stripIndent()
                .lines()
                .map(String::stripTrailing)
                .toList();
    }
}
