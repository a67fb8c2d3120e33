package io.betrue.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests at the edge of what is allowed. */
class GoodRequestsHttpTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static Javalin app;

    @BeforeAll
    static void start() {
        app = OrdersApp.start(true, config -> {});
    }

    @AfterAll
    static void stop() {
        app.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "APPLICATION/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json ; charset=UTF8 ;",
                "application/json; profile=\"a;b\"; charset=utf-8"
            })
    void takesJsonHoweverItIsNamed(String type) {
        HttpResponse<String> response =
                Http.send(app, "POST", "/orders", "{\"sku\":\"abc\",\"amount\":1}", "Content-Type", type);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"sku\":\"abc\",\"amount\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"\uFFFD\uD83D\uDE00\"",
                "[1,1.5,-0,1e2,0.10,123456789012345678901234567890,true,null,{}]",
                " {\"a\":{\"a\":{\"a\":[[]]}}}\n\t ",
                "{\"a\":1,\"A\":2}"
            })
    void readsAnyJsonOfTheStandard(String json) throws Exception {
        String compact = json.equals("null") || json.startsWith("\"") ? json : json.strip();

        HttpResponse<String> response = Http.postJson(app, "/any", json);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(StrictNumbers.MAPPER.readTree(response.body())).isEqualTo(StrictNumbers.MAPPER.readTree(compact));
    }

    @Test
    void readsNestingAndNumbersUpToTheirLimits() {
        String deep = "[".repeat(100) + "]".repeat(100);
        String digits = "[1" + "0".repeat(399) + ",1e399,1e-399]";

        assertThat(Http.postJson(app, "/any", deep).statusCode()).isEqualTo(200);
        assertThat(Http.postJson(app, "/any", digits).statusCode()).isEqualTo(200);
    }

    @Test
    void readsABodyOfExactlyTheLimit() {
        String body = "{\"a\":\"" + "x".repeat((int) OrdersApp.LIMIT - 8) + "\"}";

        assertThat(body).hasSize((int) OrdersApp.LIMIT);
        assertThat(Http.postJson(app, "/any", body).statusCode()).isEqualTo(200);
        assertThat(Http.postJson(app, "/any", body + " ").statusCode()).isEqualTo(413);
    }

    @Test
    void readsAChunkedBody() {
        String request = String.join(
                "\r\n",
                "POST /orders HTTP/1.1",
                "Host: x",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "",
                "8",
                "{\"sku\":\"",
                "12",
                "abc\",\"amount\":12 }",
                "0",
                "",
                "");

        RawHttp.Response response = RawHttp.exchange(app.port(), request.getBytes(StandardCharsets.US_ASCII));

        assertThat(response.text()).isEqualTo("{\"sku\":\"abc\",\"amount\":12}");
    }

    @ParameterizedTest
    @CsvSource({
        "/search/1, 200",
        "/search/007, 422",
        "/search/1?limit=100&price=-1.5e1&flag=false&sort=up&text=%C3%A9%20a+b, 200",
        "/search/1?limit=%31%30, 200",
        "/search/1?size=5, 200",
        "/search/1?size=5x, 200",
        "/search/1?price=5, 200",
        "/search/1?ids=1&ids=2&ids=3, 200",
        "'/search/1?tags=a,b', 200",
        "/search/1?tags=a%2Cb, 200",
        "'/search/1?tags=,', 200",
        "/search/1?unknown=1&&=&x, 200",
        "/search/99999999999999999999, 200",
        "/search/1?text=, 200",
        "/search/1?text=null, 200"
    })
    void decodesParametersByTheirSchemas(String path, int status) {
        HttpResponse<String> response = Http.get(app, path, "X-Tenant", "blue", "X-Ids", "1, 2", "Cookie", "visit=3");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    @Test
    void findsAHeaderInAnyCase() {
        assertThat(Http.get(app, "/search/1", "x-TENANT", "blue").statusCode()).isEqualTo(200);
    }

    @Test
    void decodesFormsByTheirSchema() {
        HttpResponse<String> response = Http.send(
                app,
                "POST",
                "/form",
                "name=J%C3%BCrgen+%26+null&age=20&weight=1.50&news=true&colours=red&colours=green",
                "Content-Type",
                FORM);

        assertThat(response.body())
                .isEqualTo("{\"name\":\"Jürgen & null\",\"age\":20,\"weight\":1.50,\"news\":true,"
                        + "\"colours\":[\"red\",\"green\"]}");
    }

    @Test
    void makesAnArrayOfOneFieldWhereTheSchemaWantsOne() {
        HttpResponse<String> response = Http.send(app, "POST", "/form", "name=12&colours=red", "Content-Type", FORM);

        assertThat(response.body()).isEqualTo("{\"name\":\"12\",\"colours\":[\"red\"]}");
    }

    @Test
    void tellsWhatIsKnownOfUploadedFiles() {
        String part = "--XX\r\nContent-Disposition: form-data; name=";
        String body = part + "\"title\"\r\n\r\nT\u00E9\r\n" + part + "\"year\"\r\n\r\n1999\r\n" + part
                + "\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nabc\r\n" + part
                + "\"more\"; filename=\"b.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nabcd\r\n--XX--\r\n";

        HttpResponse<String> response =
                Http.send(app, "POST", "/upload", body, "Content-Type", "multipart/form-data; boundary=XX");

        assertThat(response.body())
                .isEqualTo("{\"title\":\"Té\",\"year\":1999,"
                        + "\"photo\":{\"filename\":\"a.png\",\"contentType\":\"image/png\",\"size\":3},"
                        + "\"more\":[{\"filename\":\"b.jpg\",\"contentType\":\"image/jpeg\",\"size\":4}]}");
    }

    @Test
    void leavesStreamsToTheHandler() {
        HttpResponse<String> response =
                Http.send(app, "PUT", "/raw", "{not json", "Content-Type", "application/octet-stream");

        assertThat(response.body()).isEqualTo("{not json");
    }

    @Test
    void letsAnOptionalBodyBeAbsent() {
        assertThat(Http.send(app, "POST", "/optional", "").body()).isEqualTo("nothing");
        assertThat(Http.send(app, "POST", "/optional", "", "Content-Type", "text/plain")
                        .body())
                .isEqualTo("nothing");
        assertThat(Http.postJson(app, "/optional", "{\"sku\":\"abc\",\"amount\":1}")
                        .body())
                .isEqualTo("{\"sku\":\"abc\",\"amount\":1}");
    }

    @Test
    void takesABodyInEitherOfTwoTypes() {
        assertThat(Http.postJson(app, "/either?page=1", "{\"sku\":\"abc\",\"amount\":1}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(Http.send(app, "POST", "/either?page=1", "name=a", "Content-Type", FORM)
                        .body())
                .isEqualTo("{\"name\":\"a\"}");
    }

    @Test
    void leavesOtherRoutesAlone() {
        HttpResponse<String> response = Http.postJson(app, "/plain?limit=x", "{not json");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{not json");
        assertThat(Http.get(app, "/nowhere").statusCode()).isEqualTo(404);
        assertThat(Http.get(app, "/orders").statusCode()).isEqualTo(405);
    }

    @Test
    void leavesHeadToJavalin() {
        assertThat(Http.send(app, "HEAD", "/search/wrong", "").statusCode()).isEqualTo(200);
    }
}
