package io.betrue.examples.acceptance;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What came back of a call.
 *
 * @param status the status; that of the problem where the call failed
 * @param body the output or the problem
 */
record Answer(int status, JsonNode body) {}
