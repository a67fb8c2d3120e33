package io.betrue.examples.acceptance;

import io.betrue.examples.acceptance.Case.Call;
import io.betrue.examples.acceptance.Case.Expected;
import io.betrue.examples.acceptance.Case.Keep;
import io.betrue.examples.acceptance.Case.Letter;
import io.betrue.examples.acceptance.Case.Step;
import io.betrue.examples.acceptance.Case.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cases as they are written in {@code cases.txt}, whose head says how. */
final class CaseFile {
    private static final Pattern CALL = Pattern.compile(
            "(\\w+): (?:(\\d+) times )?([\\w./-]+)(?: (\\{.*?\\}|\\[.*?\\]|\".*?\"|\\w+))?(?: key (\\S+))?");
    private static final Pattern UPLOAD =
            Pattern.compile("(\\w+) uploads \"([^\"]+)\" as (\\S+)(?: key (\\S+))?: (.+)");
    private static final Pattern ANSWER = Pattern.compile("  (\\d{3})(?: (.+))?");
    private static final Pattern KEEP = Pattern.compile("  keep (\\w+) = (\\S+)");
    private static final Pattern LETTER = Pattern.compile("(\\S+) gets \"([^\"]+)\" with (\\w+)");

    private final List<Case> cases = new ArrayList<>();
    private String section = "";
    private boolean shared;
    private String name = "";
    private int begin;
    private List<Step> steps = new ArrayList<>();

    private CaseFile() {}

    static List<Case> read() throws IOException {
        CaseFile file = new CaseFile();
        try (InputStream text = Objects.requireNonNull(CaseFile.class.getResourceAsStream("/cases.txt"))) {
            List<String> lines = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 0; i < lines.size(); i++) {
                file.line(lines.get(i), i + 1);
            }
        }
        file.end();
        return List.copyOf(file.cases);
    }

    private void line(String line, int number) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("== ")) {
            end();
            shared = line.endsWith(" (shared)");
            section = line.substring(3).replace(" (shared)", "");
        } else if (line.startsWith("-- ")) {
            end();
            name = line.substring(3);
            begin = number;
        } else if (!step(line)) {
            throw new IllegalArgumentException("cases.txt, line " + number + " is nothing that is known: " + line);
        }
    }

    private boolean step(String line) {
        Matcher call = CALL.matcher(line);
        Matcher upload = UPLOAD.matcher(line);
        Matcher answer = ANSWER.matcher(line);
        Matcher keep = KEEP.matcher(line);
        Matcher letter = LETTER.matcher(line);
        if (letter.matches()) {
            steps.add(new Letter(letter.group(3), letter.group(1), letter.group(2)));
        } else if (keep.matches()) {
            steps.add(new Keep(keep.group(1), keep.group(2)));
        } else if (answer.matches() && !steps.isEmpty()) {
            String body = answer.group(2) == null ? "{}" : answer.group(2);
            Expected expected =
                    new Expected(Integer.parseInt(answer.group(1)), body.startsWith("{") ? body : problem(body));
            steps.set(steps.size() - 1, steps.get(steps.size() - 1).expecting(expected));
        } else if (upload.matches()) {
            String key = upload.group(4) == null ? "" : upload.group(4);
            steps.add(
                    new Upload(upload.group(1), upload.group(2), upload.group(3), upload.group(5), key, Expected.DONE));
        } else if (call.matches()) {
            String input = call.group(4) == null ? "{}" : call.group(4);
            String key = call.group(5) == null ? "" : call.group(5);
            int times = call.group(2) == null ? 1 : Integer.parseInt(call.group(2));
            steps.add(new Call(call.group(1), call.group(3), input, key, times, Expected.DONE));
        } else {
            return false;
        }
        return true;
    }

    /** {@return what a problem has of which the code is given, and perhaps where the input is wrong} */
    private static String problem(String text) {
        String[] words = text.split(" ", -1);
        if (words.length == 1) {
            return "{\"code\": \"" + words[0] + "\"}";
        }
        List<String> errors = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            errors.add("{\"pointer\": \"" + (words[i].equals("-") ? "" : words[i]) + "\"}");
        }
        return "{\"code\": \"" + words[0] + "\", \"errors\": " + errors + "}";
    }

    private void end() {
        if (!steps.isEmpty()) {
            cases.add(new Case(section + ": " + name, shared, begin, List.copyOf(steps)));
            steps = new ArrayList<>();
        }
    }
}
