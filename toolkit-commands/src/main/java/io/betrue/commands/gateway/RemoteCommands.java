package io.betrue.commands.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.betrue.commands.CommandDescription;
import io.betrue.commands.CommandType;
import io.betrue.commands.SchemaCheck;
import io.betrue.schema.SchemaException;
import io.betrue.schema.Schemas;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands of other services, as those describe them: so that a gateway shows each in its own documents, with what it takes and gives, its failures and its roles.
 * <pre>{@code
 * RemoteCommands remote = RemoteCommands.of(service.descriptions());
 * Commands gateway = Commands.of(c -> remote.types().forEach(type -> c.forward(type, target)));
 * app.registerPlugin(new HttpCommands(gateway, h -> h.schemas(remote.schemas())));
 * }</pre>
 * It is a picture of one moment. Immutable, safe for use by multiple threads.
 */
public final class RemoteCommands {
    private static final Logger log = LoggerFactory.getLogger(RemoteCommands.class);
    private static final int MOST = 10_000;

    private final List<CommandType<?, ?>> types;
    private final SchemaCheck schemas;

    private RemoteCommands(List<CommandType<?, ?>> types, SchemaCheck schemas) {
        this.types = types;
        this.schemas = schemas;
    }

    /**
     * {@return the commands of which there are descriptions, in their order}
     *
     * @param descriptions what services say; of several of the same address, as several instances give them, the first counts. A schema that this process refuses is
     *     left out with a warning, and the command stays
     * @throws IllegalArgumentException if there are more than 10,000
     */
    public static RemoteCommands of(Collection<CommandDescription> descriptions) {
        if (descriptions.size() > MOST) {
            throw new IllegalArgumentException(
                    "descriptions of commands must be at most " + MOST + ", were " + descriptions.size());
        }
        Map<String, CommandDescription> byAddress = new LinkedHashMap<>();
        descriptions.forEach(one -> byAddress.putIfAbsent(one.type().address(), one));
        Map<String, String> texts = new LinkedHashMap<>();
        byAddress.forEach((address, one) -> {
            keep(texts, address + "/in", one.input());
            keep(texts, address + "/out", one.output());
        });
        return new RemoteCommands(
                byAddress.values().stream()
                        .<CommandType<?, ?>>map(CommandDescription::type)
                        .toList(),
                SchemaCheck.with(Schemas.load(all -> texts.forEach(all::json))));
    }

    private static void keep(Map<String, String> texts, String name, @Nullable JsonNode schema) {
        if (schema == null) {
            return;
        }
        String text = schema.toString();
        try {
            Schemas alone = Schemas.load(one -> one.json(name, text));
            texts.put(alone.names().iterator().next(), text);
        } catch (SchemaException e) {
            log.warn("the schema {} of another service is left out: {}", name, e.getMessage());
        }
    }

    /** {@return the commands, to be forwarded one by one} */
    public List<CommandType<?, ?>> types() {
        return types;
    }

    /** {@return their schemas, for documents; commands that have none here have those of their records. Forwarded calls are checked where they are handled} */
    public SchemaCheck schemas() {
        return schemas;
    }
}
