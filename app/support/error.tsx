"use client";
export { default } from "@/app/t/[entityId]/error";
