import * as gitpod from "pulumi-gitpod";

const banner = new gitpod.AnnouncementBanner("maintenance", {
  message: "Environments stop on Sunday at 6:00 for an hour.",
  enabled: true,
});

export const bannerId = banner.id;
