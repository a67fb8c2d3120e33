package io.betrue.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CatalogueTextsTest {
    private static final ErrorCatalogue CATALOGUE = ErrorCatalogue.of(ShopError.values());

    @Test
    void jsonSaysEverythingThatADefinitionSays() {
        assertThat(CATALOGUE.toJson().replaceAll("\\s+", ""))
                .startsWith("[{\"code\":\"BAD_REQUEST\",\"type\":\"/errors/BAD_REQUEST\",\"status\":400,")
                .contains(
                        "{\"code\":\"OUT_OF_STOCK\",\"type\":\"/errors/OUT_OF_STOCK\",\"status\":409,\"title\":\"Outofstock\","
                                + "\"detail\":\"Only{left}left.\",\"parameters\":[\"left\"],\"retryable\":false,\"logLevel\":\"DEBUG\","
                                + "\"webSocketClose\":4409,\"natsCode\":409}");
    }

    @Test
    void markdownIsOneRowForEachCode() {
        assertThat(CATALOGUE.toMarkdown().lines())
                .hasSize(2 + CATALOGUE.codes().size())
                .contains("| `OUT_OF_STOCK` | 409 | Out of stock | Only {left} left. | no | 4409 | 409 |")
                .contains(
                        "| `SHOP_CLOSED` | 503 | Shop &lt;closed&gt; \\| &amp; &quot;quiet&quot; |  | no | 4100 | 1503 |");
    }

    @Test
    void pagesEscapeWhatTheyShow() {
        assertThat(CATALOGUE.toHtml(ShopError.SHOP_CLOSED))
                .startsWith("<!doctype html>")
                .contains("<h1>Shop &lt;closed&gt; | &amp; &quot;quiet&quot;</h1>")
                .contains("<code>SHOP_CLOSED</code>", "<td>503</td>", "<td>4100</td>", "<td>1503</td>")
                .doesNotContain("<closed>");
        assertThat(CATALOGUE.toHtml(ShopError.OUT_OF_STOCK)).contains("Only {left} left.");
        assertThat(CATALOGUE.toHtml())
                .contains("<a href=\"/errors/OUT_OF_STOCK\">")
                .doesNotContain("<closed>");
    }

    @Test
    void pageInTheDocumentationIsUpToDate() throws IOException {
        assertThat(ErrorDocsFile.of(
                                Path.of("..", "docs", "errors.md"),
                                ErrorCatalogue.of().toMarkdown(),
                                true)
                        .isUpToDate())
                .as("run ErrorDocs with --out docs/errors.md")
                .isTrue();
    }
}
