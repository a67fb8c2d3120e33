package io.betrue.staticfiles;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponderTest {
    private static String location(String query) {
        Entry.Redirect directory = new Entry.Redirect(Sample.mount("/", mount -> {}), "/dir/");
        Reply reply = new Responder().reply(directory, false, new RequestFields(HttpFields.EMPTY), query);
        assertThat(reply.status()).isEqualTo(301);
        return reply.headers().get(0).getValue();
    }

    /** Jetty refuses most of these itself; a redirect does not count on it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=\r\nSet-Cookie:x",
                "\n",
                "\0",
                "\t",
                "a b",
                "\u001f",
                "\u007f",
                "\u0080",
                "\u00e9",
                "\u043f",
                "\uD800"
            })
    void leavesQueryThatIsNotPrintableOutOfRedirects(String query) {
        assertThat(location(query)).isEqualTo("/dir/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "~", "a=b&c", "x=%0d%0aSet-Cookie:a", "//evil.example"})
    void keepsPrintableQueryAsItWasSent(String query) {
        assertThat(location(query)).isEqualTo("/dir/?" + query);
    }
}
