export * from "./audit";
export * from "./calls";
export * from "./clients";
export * from "./keys";
export * from "./tenants";
export * from "./tokens";
export * from "./usage";
export * from "./users";
