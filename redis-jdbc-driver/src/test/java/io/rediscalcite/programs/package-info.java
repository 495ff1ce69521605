/** Programs of a user, which are run as processes of their own: they know the driver by its URL alone. */
package io.rediscalcite.programs;
