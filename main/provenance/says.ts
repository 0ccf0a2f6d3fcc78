/**
 * The closed vocabulary of `Fact.says` in this room. A fact supports at most one of these propositions; fusion weighs them by strength:
 * - `generated`: the content was made by a generative model;
 * - `edited-with-ai`: a recorded or drawn original was altered by a generative model;
 * - `captured`: the content was recorded by a camera or microphone;
 * - `edited`: the content was altered by a program, no model named;
 * - `copied`: the bytes are a re-encoded copy (messenger, library, screen), so that what was in the original may be missing;
 * - `tampered`: bytes or claims were changed after they were sealed, or statements in the file exclude one another;
 * - `credentials`: content credentials are there and check out as far as they can be checked, whatever they state of the making.
 */
export const SAYS = ['generated', 'edited-with-ai', 'captured', 'edited', 'copied', 'tampered', 'credentials'] as const;
export type Says = (typeof SAYS)[number];
