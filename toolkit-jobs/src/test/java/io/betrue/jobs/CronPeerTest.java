package io.betrue.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Holds expressions at random to cron-utils, in UTC, where both mean the same. */
class CronPeerTest {
    private final CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    @Test
    void ticksAsCronUtils() {
        RandomGenerator random = new Random(20261121);
        CronExpressions expressions = new CronExpressions(random);
        int compared = 0;
        while (compared < 2_000) {
            CronExpressions.Expression expression = expressions.any();
            if (meansSomethingElse(expression)) {
                continue;
            }
            ZonedDateTime after = Instant.ofEpochSecond(1_600_000_000L + random.nextInt(600_000_000))
                    .atZone(ZoneOffset.UTC);
            Optional<ZonedDateTime> theirs =
                    ExecutionTime.forCron(parser.parse(expression.toString())).nextExecution(after);
            assertThat(Cron.parse(expression.toString()).next(after))
                    .as("%s after %s", expression, after)
                    .isEqualTo(theirs);
            compared++;
        }
    }

    /** cron-utils lets a step count as a restriction of the day, does not let a range begin with SUN, and reads 0-SUN as 0-7. */
    private static boolean meansSomethingElse(CronExpressions.Expression expression) {
        return expression.day().text().startsWith("*/")
                || expression.weekday().text().startsWith("*/")
                || expression.weekday().text().contains("SUN-")
                || expression.weekday().text().contains("0-SUN");
    }
}
