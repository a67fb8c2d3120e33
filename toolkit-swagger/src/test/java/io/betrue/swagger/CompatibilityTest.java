package io.betrue.swagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompatibilityTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'type':'integer'} | {'type':'number'}",
                "{'type':'string'} | {'type':['string','null']}",
                "{'type':'string'} | {'type':'string','nullable':true}",
                "{'enum':[1]} | {'enum':[1,2]}",
                "{'const':1} | {'enum':[1,2]}",
                "{'required':['a','b']} | {'required':['a']}",
                "{'maxLength':1} | {'maxLength':2}",
                "{'minimum':1} | {'minimum':0}",
                "{'minimum':1,'exclusiveMinimum':true} | {'minimum':1}",
                "{'pattern':'a'} | {}",
                "{'additionalProperties':false} | {}",
                "{'properties':{'a':{'type':'integer'}}} | {'properties':{'a':{'type':'number'}}}",
                "{'items':{'maximum':1}} | {'items':{'maximum':2}}",
                "{'allOf':[{'maximum':1}]} | {'allOf':[{'maximum':2}]}",
                "{'additionalProperties':{'type':'integer'}} | {'additionalProperties':{'type':'number'}}"
            })
    void whatIsSentMayBecomeWiderAndWhatIsGivenNarrower(String narrow, String wide) {
        assertThat(sent(narrow, wide)).isEmpty();
        assertThat(sent(wide, narrow)).isNotEmpty();
        if (!wide.equals("{}") || narrow.contains("pattern")) {
            assertThat(given(wide, narrow)).isEmpty();
            assertThat(given(narrow, wide)).isNotEmpty();
        }
    }

    @Test
    void newPropertiesBreakNobody() {
        String one = "{'properties':{'a':{'type':'integer'}}}";
        String two = "{'properties':{'a':{'type':'integer'},'b':{'type':'string'}}}";
        assertThat(sent(one, two)).isEmpty();
        assertThat(given(one, two)).isEmpty();
        assertThat(given(two, one)).containsExactly("GET /a, answer 200.b is gone");
        assertThat(sent(two, one)).isEmpty();
    }

    @Test
    void operationsParametersAndAnswersAreCompared() {
        assertThat(compare("{'paths':{'/a/{x}':{'get':{}}}}", "{'paths':{'/a/{y}':{'get':{}}}}"))
                .isEmpty();
        assertThat(compare("{'paths':{'/a':{'get':{}}}}", "{'paths':{'/a':{'put':{}}}}"))
                .containsExactly("GET /a is gone");
        assertThat(operation("'parameters':[]", "'parameters':[{'in':'query','name':'q','required':true}]"))
                .containsExactly("GET /a requires the query parameter q");
        assertThat(operation("'parameters':[]", "'parameters':[{'in':'query','name':'q'}]"))
                .isEmpty();
        assertThat(operation("'operationId':'a'", "'operationId':'b'"))
                .containsExactly("GET /a has the operationId b, was a");
        assertThat(operation("'x':1", "'security':[{'bearer':[]}]")).containsExactly("GET /a needs security");
        assertThat(operation("'security':[{'b':[]}],'x-roles':['A','B']", "'security':[{'b':[]}],'x-roles':['B','C']"))
                .containsExactly("GET /a is closed to A");
        assertThat(operation("'responses':{'200':{}}", "'responses':{'201':{}}"))
                .containsExactly("GET /a may answer 201", "GET /a answers no 200");
        assertThat(operation("'responses':{'200':{}}", "'responses':{'200':{},'409':{}}"))
                .isEmpty();
        assertThat(operation(
                        "'requestBody':{'content':{'a/b':{}}}", "'requestBody':{'content':{'c/d':{}},'required':true}"))
                .containsExactly("GET /a requires a body", "GET /a takes no a/b");
    }

    @Test
    void schemasThatReferToThemselvesAreComparedOnce() {
        String tree =
                "{'paths':{'/a':{'get':{'responses':{'200':{'content':{'j/s':{'schema':{'$ref':'#/components/schemas/T'}}}}}}}},"
                        + "'components':{'schemas':{'T':{'properties':{'next':{'$ref':'#/components/schemas/T'},'v':{'type':'TYPE'}}}}}}";
        assertThat(compare(tree.replace("TYPE", "integer"), tree.replace("TYPE", "integer")))
                .isEmpty();
        assertThat(compare(tree.replace("TYPE", "integer"), tree.replace("TYPE", "string")))
                .containsExactly("GET /a, answer 200.v may now be string");
    }

    private static List<String> sent(String before, String after) {
        String body = "'requestBody':{'content':{'j/s':{'schema':SCHEMA}}}";
        return operation(body.replace("SCHEMA", before), body.replace("SCHEMA", after));
    }

    private static List<String> given(String before, String after) {
        String answer = "'responses':{'200':{'content':{'j/s':{'schema':SCHEMA}}}}";
        return operation(answer.replace("SCHEMA", before), answer.replace("SCHEMA", after));
    }

    private static List<String> operation(String before, String after) {
        return compare("{'paths':{'/a':{'get':{" + before + "}}}}", "{'paths':{'/a':{'get':{" + after + "}}}}");
    }

    private static List<String> compare(String before, String after) {
        return Compatibility.breaking(Served.read(before.replace('\'', '"')), Served.read(after.replace('\'', '"')));
    }
}
