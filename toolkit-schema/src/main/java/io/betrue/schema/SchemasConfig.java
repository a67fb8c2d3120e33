package io.betrue.schema;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where schemas come from. Everything is read once, by {@link Schemas#load}; nothing else is ever opened, neither a file nor the network. Not safe for use
 * by multiple threads.
 */
public final class SchemasConfig {
    private final List<Source> sources = new ArrayList<>();
    private final Map<String, Predicate<String>> formats = new LinkedHashMap<>();
    private final Set<String> trustedPatterns = new LinkedHashSet<>();
    private final Faults faults;
    private Draft draft = Draft.DRAFT_7;

    SchemasConfig(Faults faults) {
        this.faults = faults;
    }

    /**
     * Adds the files of a folder of the class path, and of the folders in it, whose names end in {@code .json}: {@code schemas/order/create.json} of the
     * folder {@code schemas} becomes {@code order/create}. The folder may be in several jars and directories; the first file of a name wins.
     *
     * @param folder the folder, with no slash at either end; it is looked for by the context class loader of this thread
     * @return this
     */
    public SchemasConfig classPath(String folder) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return classPath(folder, context == null ? SchemasConfig.class.getClassLoader() : context);
    }

    /**
     * Adds the files of a folder of the class path, as {@link #classPath(String)} does.
     *
     * @param folder the folder, with no slash at either end
     * @param loader what looks for it
     * @return this
     */
    public SchemasConfig classPath(String folder, ClassLoader loader) {
        sources.addAll(SourceReader.classPath(loader, folder, faults));
        return this;
    }

    /**
     * Adds the files of a directory, and of the directories in it, whose names end in {@code .json}: {@code order/create.json} becomes
     * {@code order/create}. Hidden files and folders are left out, links to files outside the directory are
     * faults, links to folders are not followed.
     *
     * @param directory the directory
     * @return this
     */
    public SchemasConfig directory(Path directory) {
        sources.addAll(SourceReader.directory(directory, faults));
        return this;
    }

    /**
     * Adds a schema that is written in code.
     *
     * @param name the name under which it is registered: {@code order/create}
     * @param text the JSON text
     * @return this
     */
    public SchemasConfig json(String name, String text) {
        sources.add(new Source(name, name, null, text));
        return this;
    }

    /**
     * Adds a schema that is made of a record, or of a sealed interface of records, as Jackson reads and writes it; see the page about schemas for what becomes
     * what.
     *
     * @param name the name under which it is registered: {@code order/create}
     * @param type the record or the sealed interface
     * @return this
     */
    public SchemasConfig record(String name, Class<?> type) {
        try {
            sources.add(new Source(
                    name, type.getName(), null, RecordSchemas.of(type).toString()));
        } catch (IllegalArgumentException e) {
            faults.add(type.getName(), String.valueOf(e.getMessage()));
        }
        return this;
    }

    /**
     * Adds a schema that others refer to by an address ({@code "$ref": "https://example.com/money.json"}). Nothing is fetched from there. It has no name, so
     * that {@link Schemas#get} does not know it.
     *
     * @param address an absolute URI without a fragment
     * @param text the JSON text
     * @return this
     * @throws IllegalArgumentException if the address is not absolute or has a fragment
     */
    public SchemasConfig reference(URI address, String text) {
        if (!address.isAbsolute() || address.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "address of a schema must be an absolute URI without a fragment: " + address);
        }
        sources.add(new Source(address.toString(), address.toString(), address, text));
        return this;
    }

    /**
     * Chooses the draft of schemas without {@code $schema}; draft 7 unless this is called.
     *
     * @param draft the draft
     * @return this
     */
    public SchemasConfig draft(Draft draft) {
        this.draft = draft;
        return this;
    }

    /**
     * Adds a format, or replaces a built-in one. Formats that nobody knows are ignored, as the specification demands.
     *
     * @param name the value of {@code format}
     * @param valid whether a text has the format; called by many threads at once
     * @return this
     */
    public SchemasConfig format(String name, Predicate<String> valid) {
        formats.put(name, valid);
        return this;
    }

    /**
     * Lets one regular expression run on {@link java.util.regex.Pattern}, which can look around and refer back but may take time that is exponential in the
     * length of the text. Without this, such an expression is a fault.
     *
     * @param pattern the expression as it stands in the schema
     * @return this
     */
    public SchemasConfig trustPattern(String pattern) {
        trustedPatterns.add(pattern);
        return this;
    }

    List<Source> sources() {
        return sources;
    }

    Map<String, Predicate<String>> formats() {
        return formats;
    }

    Set<String> trustedPatterns() {
        return trustedPatterns;
    }

    Draft draft() {
        return draft;
    }
}
