package io.betrue.examples.monolith;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.betrue.swagger.DocumentForm;
import io.betrue.swagger.OpenApi;
import io.javalin.Javalin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the application says of itself. */
class ApiTest {
    private static final Set<String> OPEN = Set.of(
            "accounts/confirm",
            "accounts/recover",
            "accounts/refresh",
            "accounts/register",
            "accounts/reset-password",
            "accounts/sign-in");

    /** Commands whose body is a stream, with the input beside it. */
    private static final Set<String> TAKING_BYTES = Set.of("files/upload");

    /** Commands that answer with a stream, and the output beside it. */
    private static final Set<String> GIVING_BYTES = Set.of("chat/attachment", "files/download");

    private final Javalin app = new Api().get();

    @Test
    void documentsEachCommandWithItsSchemas() throws Exception {
        JsonNode document = new JsonMapper().readTree(OpenApi.of(app).document(DocumentForm.JSON_31));
        List<String> commands = new ArrayList<>();
        document.get("paths").properties().forEach(path -> {
            if (path.getKey().startsWith("/api/") && !path.getKey().startsWith("/api/_")) {
                String code = path.getKey().substring("/api/".length());
                commands.add(code);
                JsonNode post = path.getValue().get("post");
                String schema = "#/components/schemas/" + code.replace('/', '.');
                assertBody(post.at("/requestBody/content"), TAKING_BYTES.contains(code), schema + ".in");
                assertBody(post.at("/responses/200/content"), GIVING_BYTES.contains(code), schema + ".out");
                assertThat(post.has("security")).isEqualTo(!OPEN.contains(code));
            }
        });
        assertThat(commands)
                .containsExactlyInAnyOrder(
                        "accounts/change-password",
                        "accounts/confirm",
                        "accounts/find",
                        "accounts/me",
                        "accounts/recover",
                        "accounts/refresh",
                        "accounts/register",
                        "accounts/reset-password",
                        "accounts/sign-in",
                        "accounts/sign-out",
                        "accounts/sign-out-everywhere",
                        "chat/attachment",
                        "chat/create-room",
                        "chat/history",
                        "chat/invite",
                        "chat/leave",
                        "chat/members",
                        "chat/open-private",
                        "chat/read",
                        "chat/rooms",
                        "chat/send",
                        "chat/typing",
                        "files/delete",
                        "files/describe",
                        "files/download",
                        "files/list",
                        "files/upload",
                        "ledger/balance",
                        "ledger/currencies",
                        "ledger/deposit",
                        "ledger/history",
                        "ledger/statement",
                        "ledger/transfer",
                        "ledger/withdraw");
    }

    @Test
    void keepsTheNamesOfOperations() throws Exception {
        JsonNode document = new JsonMapper().readTree(OpenApi.of(app).document(DocumentForm.JSON_31));
        assertThat(document.findValuesAsText("operationId"))
                .contains("accountsRegister", "accountsSignIn", "ledgerDeposit", "appGetCommands");
        assertThat(document.at("/paths/~1api~1ledger~1deposit/post/parameters/0/name")
                        .asText())
                .isEqualTo("Idempotency-Key");
    }

    @Test
    void losesNothingInTheDocuments() {
        assertThat(OpenApi.of(app).warnings()).isEmpty();
    }

    private static void assertBody(JsonNode content, boolean bytes, String schema) {
        if (bytes) {
            assertThat(content.at("/application~1octet-stream/schema/format").asText())
                    .isEqualTo("binary");
        } else {
            assertThat(reference(content)).isEqualTo(schema);
        }
    }

    private static String reference(JsonNode content) {
        return content.at("/application~1json/schema/$ref").asText();
    }
}
