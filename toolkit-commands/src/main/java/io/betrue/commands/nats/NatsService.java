package io.betrue.commands.nats;

import io.betrue.commands.CommandDescription;
import io.betrue.commands.CommandType;
import java.util.List;

/**
 * An instance of a service that discovery found.
 *
 * @param name the service
 * @param id the instance
 * @param version the service's version
 * @param description what it is for; perhaps empty
 * @param prefix what its subjects begin with
 * @param descriptions what it says of the commands that it serves
 */
public record NatsService(
        String name,
        String id,
        String version,
        String description,
        String prefix,
        List<CommandDescription> descriptions) {
    /**
     * Copies the list.
     *
     * @param name the service
     * @param id the instance
     * @param version the service's version
     * @param description what it is for
     * @param prefix what its subjects begin with
     * @param descriptions what it says of the commands that it serves
     */
    public NatsService {
        descriptions = List.copyOf(descriptions);
    }

    /** {@return the commands that it serves} */
    public List<CommandType<?, ?>> commands() {
        return descriptions.stream()
                .<CommandType<?, ?>>map(CommandDescription::type)
                .toList();
    }
}
