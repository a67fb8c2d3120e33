package io.betrue.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a YAML file as its author wrote it: scalars stay texts ({@code 010} is not eight), lines are known. The only class
 * that touches the optional parser.
 */
final class YamlFile {
    static final String VERSION = "3.2";

    private static final int MAX_DEPTH = 32;
    private static final int MAX_SETTINGS = 10_000;

    private final SettingsTree tree;
    private int settings;

    private YamlFile(SettingsTree tree) {
        this.tree = tree;
    }

    static void read(String text, SettingsTree tree) {
        LoadSettings settings = LoadSettings.builder()
                .setMaxAliasesForCollections(50)
                .setCodePointLimit(TextFile.MAX_BYTES)
                .build();
        try {
            StreamReader reader = new StreamReader(settings, text);
            Optional<Node> root = new Composer(settings, new ParserImpl(settings, reader)).getSingleNode();
            if (root.isPresent()) {
                new YamlFile(tree).root(root.get());
            }
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            tree.fault(line, "is not YAML: " + words(e.getProblem()));
        } catch (YamlEngineException e) {
            throw new Refusal("is not YAML");
        } catch (StackOverflowError e) { // the parser has a frame a level, and no limit of its own
            throw new Refusal("is nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    // An unquoted password that starts with * or ! is an alias or a tag to the parser, which then repeats it.
    private static String words(String problem) {
        return problem.contains("undefined") ? "names an alias or a tag that is not defined; quote the value" : problem;
    }

    private void root(Node root) {
        if (root instanceof MappingNode mapping) {
            mapping("", mapping, 1);
        } else if (!isNull(root)) {
            tree.fault(line(root), "must be a mapping of keys to values");
        }
    }

    private void mapping(String prefix, MappingNode mapping, int depth) {
        if (depth > MAX_DEPTH) {
            throw new Refusal("is nested deeper than " + MAX_DEPTH + " levels");
        }
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key) {
                value(prefix.isEmpty() ? key.getValue() : prefix + "." + key.getValue(), entry, depth);
            } else {
                tree.fault(line(entry.getKeyNode()), "has a key that is not a text");
            }
        }
    }

    private void value(String key, NodeTuple entry, int depth) {
        Node value = entry.getValueNode();
        int line = line(entry.getKeyNode());
        if (++settings > MAX_SETTINGS) {
            throw new Refusal("has more than " + MAX_SETTINGS + " settings");
        }
        if (value instanceof MappingNode mapping) {
            mapping(key, mapping, depth + 1);
        } else if (value instanceof SequenceNode sequence) {
            sequence(key, line, sequence);
        } else if (value instanceof ScalarNode scalar && !isNull(value)) {
            tree.put(key, line, scalar.getValue());
        }
    }

    private void sequence(String key, int line, SequenceNode sequence) {
        List<String> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            if (!(element instanceof ScalarNode scalar)) {
                tree.fault(line(element), "the list " + key + " must hold single values only");
                return;
            }
            elements.add(scalar.getValue());
        }
        tree.put(key, line, elements);
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }
}
