package io.betrue.examples.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.betrue.examples.acceptance.Case.Call;
import io.betrue.examples.acceptance.Case.Expected;
import io.betrue.examples.acceptance.Case.Keep;
import io.betrue.examples.acceptance.Case.Letter;
import io.betrue.examples.acceptance.Case.Step;
import io.betrue.examples.acceptance.Case.Upload;
import io.betrue.testsupport.WalletApplication;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One case at one door. */
final class Play {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("\\{([a-z]\\w*)(?:[.](\\w+))?\\}");

    private final WalletApplication application;
    private final Door door;
    private final Cast cast;
    private final Map<String, String> kept = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();

    Play(WalletApplication application, Door door, Cast cast) {
        this.application = application;
        this.door = door;
        this.cast = cast;
    }

    /** Does all steps; {@return all answers as whoever does not know names, times and secrets sees them} */
    List<String> run(Case one) throws Exception {
        for (Step step : one.steps()) {
            if (step instanceof Call call) {
                call(call);
            } else if (step instanceof Upload upload) {
                upload(upload);
            } else if (step instanceof Keep keep) {
                JsonNode value = answers.get(answers.size() - 1).body().at(keep.pointer());
                assertThat(value.isMissingNode()).as(keep.pointer()).isFalse();
                kept.put(keep.name(), value.asText());
            } else if (step instanceof Letter letter) {
                kept.put(letter.name(), application.code(address(letter.who()), letter.subject()));
            }
        }
        return Masks.of(answers);
    }

    private String address(String who) throws Exception {
        return who.contains("@") ? filled(who) : cast.of(who, "email");
    }

    private void call(Call call) throws Exception {
        String command = filled(call.command());
        JsonNode input = JSON.readTree(filled(call.input()));
        for (int i = 0; i < call.times(); i++) {
            String token = cast.token(call.who());
            Answer answer = Streams.areGivenBy(command)
                    ? door.streams().download(command, input, token)
                    : door.call(command, input, token, key(call.key()));
            hear(call.who() + ": " + command + " " + input, answer, call.expected());
        }
    }

    private void upload(Upload file) throws Exception {
        Answer answer = door.streams().upload(file, filled(file.content()), cast.token(file.who()), key(file.key()));
        hear(file.who() + " uploads " + file.name(), answer, file.expected());
    }

    private Map<String, String> key(String key) throws Exception {
        return key.isEmpty() ? Map.of() : Map.of("Idempotency-Key", filled(key));
    }

    private void hear(String what, Answer answer, Expected expected) throws Exception {
        answers.add(answer);
        assertThat(answer.status()).as("%s answered %s", what, answer.body()).isEqualTo(expected.status());
        assertHas(answer.body(), JSON.readTree(filled(expected.body())), what + " answered " + answer.body() + ", at ");
    }

    /** {@return a text with what its names stand for} */
    private String filled(String text) throws Exception {
        Matcher names = NAME.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (names.find()) {
            names.appendReplacement(filled, Matcher.quoteReplacement(value(names.group(1), names.group(2))));
        }
        return names.appendTail(filled).toString();
    }

    private String value(String name, @Nullable String part) throws Exception {
        if (part != null && name.equals("x")) {
            return "x".repeat(Integer.parseInt(part)); // {x.70} is 70 letters
        }
        if (part != null) {
            return cast.of(name, part);
        }
        return name.startsWith("any")
                ? kept.computeIfAbsent(name, unused -> UUID.randomUUID().toString())
                : kept.getOrDefault(name, "{" + name + " is not kept}");
    }

    /** Objects may have more members, all else is as it is written; "*" is whatever there is. */
    private static void assertHas(JsonNode actual, JsonNode wanted, String at) {
        if (wanted.isObject()) {
            for (Map.Entry<String, JsonNode> member : wanted.properties()) {
                assertThat(actual.has(member.getKey()))
                        .as(at + "/" + member.getKey())
                        .isTrue();
                assertHas(actual.get(member.getKey()), member.getValue(), at + "/" + member.getKey());
            }
        } else if (wanted.isArray()) {
            assertThat(actual.size()).as(at + " (length)").isEqualTo(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                assertHas(actual.get(i), wanted.get(i), at + "/" + i);
            }
        } else if (!wanted.asText().equals("*")) {
            assertThat(actual).as(at).isEqualTo(wanted);
        }
    }
}
