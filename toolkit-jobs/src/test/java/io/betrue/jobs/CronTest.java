package io.betrue.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    // 2026-11-21 is a Saturday
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *               | 2026-11-21T10:00:00Z     | 2026-11-21T10:01Z",
                "* * * * *               | 2026-11-21T10:00:59.999Z | 2026-11-21T10:01Z",
                "* * * * * *             | 2026-11-21T10:00:59.999Z | 2026-11-21T10:01Z",
                "* * * * * *             | 2026-11-21T10:00:59Z     | 2026-11-21T10:01Z",
                "*/20 * * * * *          | 2026-11-21T10:00:05Z     | 2026-11-21T10:00:20Z",
                "5 0 3 * * *             | 2026-11-21T03:00:05Z     | 2026-11-22T03:00:05Z",
                "0 3 * * *               | 2026-11-21T02:59:59Z     | 2026-11-21T03:00Z",
                "0 3 * * *               | 2026-11-21T03:00:00Z     | 2026-11-22T03:00Z",
                "*/15 * * * *            | 2026-11-21T10:46:00Z     | 2026-11-21T11:00Z",
                "3/20 * * * *            | 2026-11-21T10:24:00Z     | 2026-11-21T10:43Z",
                "5-20/7 8,20 * * *       | 2026-11-21T08:12:00Z     | 2026-11-21T08:19Z",
                "5-20/7 8,20 * * *       | 2026-11-21T08:19:00Z     | 2026-11-21T20:05Z",
                "59 23 31 12 *           | 2026-12-31T23:59:00Z     | 2027-12-31T23:59Z",
                "0 0 1 jan,JUL *         | 2026-11-21T00:00:00Z     | 2027-01-01T00:00Z",
                "0 0 * Feb-Apr *         | 2026-11-21T00:00:00Z     | 2027-02-01T00:00Z",
                "0 9 * * MON-FRI         | 2026-11-21T00:00:00Z     | 2026-11-23T09:00Z",
                "0 9 * * SAT-SUN         | 2026-11-22T09:00:00Z     | 2026-11-28T09:00Z",
                "0 9 * * fri-sun         | 2026-11-21T09:00:00Z     | 2026-11-22T09:00Z",
                "0 9 * * 0               | 2026-11-21T00:00:00Z     | 2026-11-22T09:00Z",
                "0 9 * * 7               | 2026-11-21T00:00:00Z     | 2026-11-22T09:00Z",
                "0 9 * * 5-7             | 2026-11-21T09:00:00Z     | 2026-11-22T09:00Z",
                "0 9 * * 2/2             | 2026-11-21T00:00:00Z     | 2026-11-21T09:00Z",
                "0 0 L * *               | 2026-11-21T00:00:00Z     | 2026-11-30T00:00Z",
                "0 0 l 2 ?               | 2026-11-21T00:00:00Z     | 2027-02-28T00:00Z",
                "0 0 L 2 *               | 2027-03-01T00:00:00Z     | 2028-02-29T00:00Z",
                "0 0 15,L * *            | 2026-11-15T00:00:00Z     | 2026-11-30T00:00Z",
                "0 0 29 2 *              | 2097-01-01T00:00:00Z     | 2104-02-29T00:00Z",
                "0 0 29 2 */7            | 2088-02-29T00:00:00Z     | 2128-02-29T00:00Z",
                "0 0 31 * *              | 2026-11-01T00:00:00Z     | 2026-12-31T00:00Z",
                "0 0 13 * FRI            | 2026-11-21T00:00:00Z     | 2026-11-27T00:00Z",
                "0 0 13 * FRI            | 2026-12-12T00:00:00Z     | 2026-12-13T00:00Z",
                "0 0 30 2 MON            | 2026-11-21T00:00:00Z     | 2027-02-01T00:00Z",
                "0 0 */10 * MON          | 2026-11-21T00:00:00Z     | 2026-12-21T00:00Z",
                "0 0 13 * *              | 2026-11-21T00:00:00Z     | 2026-12-13T00:00Z",
                "@hourly                 | 2026-11-21T10:00:00Z     | 2026-11-21T11:00Z",
                "@daily                  | 2026-11-21T10:00:00Z     | 2026-11-22T00:00Z",
                "@midnight               | 2026-11-21T10:00:00Z     | 2026-11-22T00:00Z",
                "@Weekly                 | 2026-11-21T10:00:00Z     | 2026-11-22T00:00Z",
                "@monthly                | 2026-11-21T10:00:00Z     | 2026-12-01T00:00Z",
                "@yearly                 | 2026-11-21T10:00:00Z     | 2027-01-01T00:00Z",
                "@annually               | 2026-11-21T10:00:00Z     | 2027-01-01T00:00Z",
            })
    void ticksNext(String expression, ZonedDateTime after, ZonedDateTime tick) {
        assertThat(Cron.parse(expression).next(after)).contains(tick);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // summer begins on 2026-03-29: 02:00+01:00 is 03:00+02:00
                "30 2 * * *      | Europe/Berlin       | 2026-03-28T12:00+01:00 | 03-29T03:00+02:00 03-30T02:30+02:00",
                "0,20,40 2 * * * | Europe/Berlin       | 2026-03-28T12:00+01:00 | 03-29T03:00+02:00 03-30T02:00+02:00",
                "0 2,3 * * *     | Europe/Berlin       | 2026-03-28T12:00+01:00 | 03-29T03:00+02:00 03-30T02:00+02:00",
                "0 3 * * *       | Europe/Berlin       | 2026-03-28T12:00+01:00 | 03-29T03:00+02:00 03-30T03:00+02:00",
                "30 * * * *      | Europe/Berlin       | 2026-03-29T01:00+01:00 | 03-29T01:30+01:00 03-29T03:30+02:00",
                "*/30 2 * * *    | Europe/Berlin       | 2026-03-28T12:00+01:00 | 03-30T02:00+02:00 03-30T02:30+02:00",
                // summer ends on 2026-10-25: 03:00+02:00 is 02:00+01:00
                "30 2 * * *      | Europe/Berlin       | 2026-10-25T00:00+02:00 | 10-25T02:30+02:00 10-26T02:30+01:00",
                "30 2 * * *      | Europe/Berlin       | 2026-10-25T02:10+01:00 | 10-26T02:30+01:00 10-27T02:30+01:00",
                "0 3 * * *       | Europe/Berlin       | 2026-10-25T02:10+02:00 | 10-25T03:00+01:00 10-26T03:00+01:00",
                "30 * * * *      | Europe/Berlin       | 2026-10-25T02:00+02:00 | 10-25T02:30+02:00 10-25T02:30+01:00",
                "*/30 2 * * *    | Europe/Berlin       | 2026-10-25T02:00+02:00 | 10-25T02:30+02:00 10-25T02:00+01:00",
                "30 2 * * *      | America/New_York    | 2026-03-07T12:00-05:00 | 03-08T03:00-04:00 03-09T02:30-04:00",
                "30 1 * * *      | America/New_York    | 2026-11-01T00:00-04:00 | 11-01T01:30-04:00 11-02T01:30-05:00",
                "15 * * * *      | America/New_York    | 2026-11-01T01:00-04:00 | 11-01T01:15-04:00 11-01T01:15-05:00",
                // half an hour: 02:00+10:30 is 02:30+11:00, and 02:00+11:00 is 01:30+10:30
                "15 2 * * *      | Australia/Lord_Howe | 2026-10-03T12:00+10:30 | 10-04T02:30+11:00 10-05T02:15+11:00",
                "0 * * * *       | Australia/Lord_Howe | 2026-10-04T00:30+10:30 | 10-04T01:00+10:30 10-04T03:00+11:00",
                "45 1 * * *      | Australia/Lord_Howe | 2026-04-05T00:00+11:00 | 04-05T01:45+11:00 04-06T01:45+10:30",
                "45 * * * *      | Australia/Lord_Howe | 2026-04-05T01:00+11:00 | 04-05T01:45+11:00 04-05T01:45+10:30",
                "30 2 * * *      | Asia/Kolkata        | 2026-03-28T12:00+05:30 | 03-29T02:30+05:30 03-30T02:30+05:30",
                "0 * * * *       | Asia/Kolkata        | 2026-10-25T01:30+05:30 | 10-25T02:00+05:30 10-25T03:00+05:30",
                // midnight is what is left out
                "0 0 * * *       | Asia/Beirut         | 2026-03-28T12:00+02:00 | 03-29T01:00+03:00 03-30T00:00+03:00",
                // a day is what is left out: 2011-12-30, a Friday
                "0 12 * * FRI    | Pacific/Apia        | 2011-12-29T13:00-10:00 | 12-31T00:00+14:00 01-06T12:00+14:00",
            })
    void keepsItsRuleWhereClocksChange(String expression, String zone, String after, String ticks) {
        ZonedDateTime start = ZonedDateTime.parse(after + "[" + zone + "]");

        List<String> found = new ArrayList<>();
        ZonedDateTime tick = start;
        for (int i = 0; i < 2; i++) {
            tick = Cron.parse(expression).next(tick).orElseThrow();
            found.add(tick.toOffsetDateTime().toString().substring(5));
        }
        assertThat(String.join(" ", found)).isEqualTo(ticks);
        assertThat(tick.getZone()).isEqualTo(start.getZone());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 30 2 *", "0 0 31 4,6,9,11 ?", "*/5 * 31 feb *", "* * * 30-31 2 *"})
    void neverComes(String expression) {
        assertThat(Cron.parse(expression).next(ZonedDateTime.parse("2026-11-21T10:00+01:00[Europe/Berlin]")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60 * * * *      | minute must be 0 to 59, was \"60\"",
                "-1 * * * *      | minute must be 0 to 59, was \"\"",
                "1,,2 * * * *    | minute must be 0 to 59, was \"\"",
                "1, * * * *      | minute must be 0 to 59, was \"\"",
                "1.5 * * * *     | minute must be 0 to 59, was \"1.5\"",
                "\u0661 * * * *  | minute must be 0 to 59, was \"\u0661\"",
                "99999999999 * * * * | minute must be 0 to 59, was \"99999999999\"",
                "** * * * *      | minute must be 0 to 59, was \"**\"",
                "*/0 * * * *     | step of minute must be 1 to 60, was \"0\"",
                "*/90 * * * *    | step of minute must be 1 to 60, was \"90\"",
                "*/ * * * *      | step of minute must be 1 to 60, was \"\"",
                "*/5/5 * * * *   | step of minute must be 1 to 60, was \"5/5\"",
                "* 24 * * *      | hour must be 0 to 23, was \"24\"",
                "* 18-6 * * *    | range of hour must not descend within 0 to 23, was \"18-6\"",
                "* 1-2-3 * * *   | hour must be 0 to 23, was \"2-3\"",
                "* L * * *       | hour must be 0 to 23, was \"L\"",
                "* * 0 * *       | day of month must be 1 to 31 or L, was \"0\"",
                "* * 32 * *      | day of month must be 1 to 31 or L, was \"32\"",
                "* * LW * *      | day of month must be 1 to 31 or L, was \"LW\"",
                "* * L-3 * *     | day of month must be 1 to 31 or L, was \"L\"",
                "* * * 13 *      | month must be 1 to 12 or JAN to DEC, was \"13\"",
                "* * * 0 *       | month must be 1 to 12 or JAN to DEC, was \"0\"",
                "* * * MON *     | month must be 1 to 12 or JAN to DEC, was \"MON\"",
                "* * * DEC-JAN * | range of month must not descend within 1 to 12 or JAN to DEC, was \"DEC-JAN\"",
                "* * * * 8       | day of week must be 0 to 7 or SUN to SAT, was \"8\"",
                "* * * * FRI#2   | day of week must be 0 to 7 or SUN to SAT, was \"FRI#2\"",
                "* * * * FRI-MON | range of day of week must not descend within 0 to 7 or SUN to SAT, was \"FRI-MON\"",
                "60 * * * * *    | second must be 0 to 59, was \"60\"",
                "0 60 * * * *    | minute must be 0 to 59, was \"60\"",
            })
    void refusesAFieldAndSaysWhatItMayBe(String expression, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.parse(expression))
                .withMessage("cron expression \"" + expression + "\" has a wrong field: " + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|0", "' '|0", "* * * *|4", "0 0 1 1 * * 2027|7"})
    void refusesAnotherNumberOfFields(String expression, int fields) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.parse(expression))
                .withMessage("cron expression \"" + expression
                        + "\" must have 5 fields (minute, hour, day of month, month, day of week) or 6 (second first), had "
                        + fields);
    }

    @Test
    void refusesNamesThatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.parse("@reboot"))
                .withMessage("cron expression \"@reboot\" must be one of @annually, @daily, @hourly, @midnight, "
                        + "@monthly, @weekly, @yearly");
    }

    @Test
    void refusesMoreThanFiveHundredCharactersWithoutRepeatingThem() {
        String longest = "0" + ",0".repeat(246) + " * * *  *";

        assertThat(longest).hasSize(502);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cron.parse(longest))
                .withMessage("cron expression must be at most 500 characters long, was 502");
        assertThatNoException().isThrownBy(() -> Cron.parse(longest.substring(2)));
    }

    @Test
    void isItsText() {
        assertThat(Cron.parse(" @Daily\t")).hasToString(" @Daily\t");
        assertThat(Cron.parse("0\t3  * * mon")).hasToString("0\t3  * * mon");
        assertThat(Cron.parse("0 3 * * *"))
                .isEqualTo(Cron.parse("0 3 * * *"))
                .hasSameHashCodeAs(Cron.parse("0 3 * * *"))
                .isNotEqualTo(Cron.parse("0 4 * * *"));
    }
}
