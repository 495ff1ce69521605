/** The tools that people use, from their own releases, on the single jar and a real server. */
package io.rediscalcite.tools;
