package io.betrue.staticfiles;

class PipelineHttpTest extends Http1Contract {
    @Override
    boolean front() {
        return false;
    }
}
