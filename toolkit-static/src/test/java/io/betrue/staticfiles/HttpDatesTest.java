package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDatesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
    void readsTheThreeFormatsOfTheRfc(String date) {
        assertThat(HttpDates.parse(date, 2026))
                .isEqualTo(Instant.parse("1994-11-06T08:49:37Z").getEpochSecond());
    }

    /** RFC 9110, 5.6.7: what seems to be more than 50 years ahead is of the past. */
    @ParameterizedTest
    @CsvSource({
        "2026, 26, 2026",
        "2026, 27, 2027",
        "2026, 75, 2075",
        "2026, 76, 2076",
        "2026, 77, 1977",
        "2026, 99, 1999",
        "2026, 00, 2000",
        "2049, 99, 2099",
        "2050, 99, 2099",
        "2099, 99, 2099",
        "2100, 00, 2100",
        "2100, 50, 2150",
        "2100, 51, 2051"
    })
    void takesYearOfTwoDigitsForAtMostFiftyYearsAhead(int thisYear, String digits, int year) {
        long date = HttpDates.parse("Sunday, 06-Nov-" + digits + " 08:49:37 GMT", thisYear);
        assertThat(Instant.ofEpochSecond(date)).isEqualTo(Instant.parse(year + "-11-06T08:49:37Z"));
    }

    @Test
    void takesYearOfFourDigitsAsItIs() {
        assertThat(HttpDates.parse("Sun, 06 Nov 2094 08:49:37 GMT", 2026))
                .isEqualTo(Instant.parse("2094-11-06T08:49:37Z").getEpochSecond());
    }
}
