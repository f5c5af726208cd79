/* tslint:disable */
/* eslint-disable */

export function __wbg_reset_state(): void;
