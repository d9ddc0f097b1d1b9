// What few chats show, and none at first, in one file that is loaded when it is needed (UX-61).
export { Choices } from "./Choices";
export { Consent } from "./Consent";
export { Ended } from "./Ended";
export { Rich } from "./Rich";
export { Sent } from "./Sent";
