package io.betrue.staticfiles;

class FrontHttpTest extends Http1Contract {
    @Override
    boolean front() {
        return true;
    }
}
