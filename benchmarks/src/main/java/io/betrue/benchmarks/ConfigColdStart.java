package io.betrue.benchmarks;

import io.betrue.config.Config;
import io.betrue.config.ConfigGroup;
import io.betrue.config.ConfigSet;
import io.betrue.config.Environment;
import java.util.HashMap;
import java.util.Map;

/**
 * Loads 1,000 settings as the first thing a process does, and prints how long that took in microseconds.
 * <p>One fresh JVM a figure, as an application starts once: {@code benchmarks/config-cold 21} prints 21 figures in order, so that
 * the one in the middle is the median.
 */
public final class ConfigColdStart {
    static final int GROUPS = 20;
    private static final int ITEMS_OF_A_GROUP = 50;

    private ConfigColdStart() {}

    /** Fifty settings of eight types, half of them set. */
    static final class Group extends ConfigGroup {
        long sum;

        Group(Environment env) {
            super("Group", env);
            for (int i = 0; i < ITEMS_OF_A_GROUP; i++) {
                sum += declare("ITEM_".concat(Integer.toString(i)), i % 8);
            }
        }

        private long declare(String name, int type) {
            return switch (type) {
                case 0 ->
                    env(name).describedAs("A number").orElse(7).between(0, 1000).asInt();
                case 1 -> env(name).describedAs("A port").orElse(8080).asPort();
                case 2 ->
                    env(name).describedAs("A text").orElse("text").asString().length();
                case 3 -> env(name).describedAs("A switch").orElse(true).asBoolean() ? 1 : 0;
                case 4 ->
                    env(name).describedAs("A wait").orElse("30s").asDuration().toMillis();
                case 5 ->
                    env(name).describedAs("A size").orElse("64KiB").asDataSize().bytes();
                case 6 ->
                    env(name)
                            .describedAs("An address")
                            .orElse("https://example.com")
                            .asUrl()
                            .getPort();
                default ->
                    env(name)
                            .describedAs("A password")
                            .orElse("secret")
                            .asSecret()
                            .reveal()
                            .length();
            };
        }
    }

    /** A thousand settings. */
    static final class Thousand extends ConfigSet {
        long sum;

        Thousand(Environment env) {
            super(env);
            for (int i = 0; i < GROUPS; i++) {
                sum += group("C".concat(Integer.toString(i)), Group::new).sum;
            }
        }
    }

    /** {@return variables for every second setting, beside those of a usual process} */
    static Map<String, String> variables() {
        String[] values = {"12", "443", "some text", "false", "5m", "10MB", "http://localhost:9/", "hidden"};
        Map<String, String> variables = new HashMap<>(System.getenv());
        for (int group = 0; group < GROUPS; group++) {
            for (int i = 0; i < ITEMS_OF_A_GROUP; i += 2) {
                variables.put("C" + group + "_ITEM_" + i, values[i % 8]);
            }
        }
        return variables;
    }

    /**
     * Measures one load.
     *
     * @param args none
     */
    public static void main(String[] args) {
        Map<String, String> variables = variables();
        long start = System.nanoTime();
        long sum = load(variables).sum;
        long micros = (System.nanoTime() - start) / 1_000;
        if (sum == 0) {
            throw new IllegalStateException("nothing was loaded");
        }
        System.out.println(micros);
    }

    static Thousand load(Map<String, String> variables) {
        return Config.load(Environment.of(variables), Thousand::new);
    }
}
