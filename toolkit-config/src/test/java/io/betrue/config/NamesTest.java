package io.betrue.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "POSTGRES_USER,'',POSTGRES_USER",
        "POSTGRES_USER,DB2,DB2_POSTGRES_USER",
        "POSTGRES_{context}_USER,db2,POSTGRES_DB2_USER",
        "POSTGRES_{context}_USER,'',POSTGRES_USER",
        "USER_{context},'',USER",
        "{context}_USER,'',_USER",
        "{context}_USER,DB2,DB2_USER",
        "{context}_USER,_DB2,_DB2_USER",
        "PORT,my-game,MY_GAME_PORT",
        "PORT,GAME_,GAME_PORT"
    })
    void aContextGoesWhereTheTemplateSays(String template, String context, String name) {
        assertThat(Names.resolve(template, Names.context(context))).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A B", "A-B", "A.B", "É", "{other}_A"})
    void refusesWhatIsNoVariableName(String name) {
        assertThatThrownBy(() -> Names.resolve(name, "")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "http.port,HTTP_PORT",
        "http.clientHost,HTTP_CLIENT_HOST",
        "http.client-host,HTTP_CLIENT_HOST",
        "HTTP_PORT,HTTP_PORT",
        "a.b.c,A_B_C"
    })
    void aNestedKeyIsAVariableName(String key, String name) {
        assertThat(Names.fromKey(key)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "PORT,PORTS,true", "PORT,PRT,true", "PORT,PIRT,true", "PORT,PROT,true", "PORT,PORT,false",
        "PORT,PTRO,false", "PORT,PARTS,false", "A,AB,true", "AB,BA,true", "ABC,CBA,false"
    })
    void knowsOneEdit(String a, String b, boolean apart) {
        assertThat(Names.oneEditApart(a, b)).isEqualTo(apart);
        assertThat(Names.oneEditApart(b, a)).isEqualTo(apart);
    }

    @Test
    void findsTheNearestWithinTwoEdits() {
        assertThat(Names.nearest("prdo", List.of("dev", "prod"))).isEqualTo("prod");
        assertThat(Names.nearest("staging", List.of("dev", "prod"))).isNull();
        assertThat(Names.nearest("x", List.of("y"))).isNull();
    }
}
