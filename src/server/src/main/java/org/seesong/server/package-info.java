/**
 * The HTTP API over an index, and the page: {@link org.seesong.server.SeesongServer} serves a
 * folder. Requests become queries of {@link org.seesong.query.SongFinder}, answers the layout of
 * {@link org.seesong.query.AnswerLayout}. Stands on the query and build packages; nothing but the
 * command line depends on it, and Jetty and Micrometer appear nowhere else.
 */
package org.seesong.server;
