import { useAuthActions } from "@convex-dev/auth/react";
import { ActionIcon, Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUser } from "@tabler/icons-react";
import type { Business } from "../account/business";

const colorSchemes = [
  { value: "light", label: "Light", icon: IconSun },
  { value: "dark", label: "Dark", icon: IconMoon },
  { value: "auto", label: "Like this device", icon: IconDeviceDesktop },
] as const;

export type AccountMenuProps = {
  business: Business;
  businesses: Business[];
  email: string | null;
  onSelectStore: (business: Business) => void;
};

/** Switches between stores and colour schemes, and signs out. */
export function AccountMenu({ business, businesses, email, onSelectStore }: AccountMenuProps) {
  const { signOut } = useAuthActions();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="Account and display">
          <IconUser size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{email ?? "Signed in"}</Menu.Label>
        {businesses.length > 1 &&
          businesses.map((other) => (
            <Menu.Item
              key={other.businessAccountId}
              leftSection={other === business ? <IconCheck size={16} /> : <span style={{ width: 16 }} />}
              onClick={() => onSelectStore(other)}
            >
              {other.name}
            </Menu.Item>
          ))}
        <Menu.Divider />
        {colorSchemes.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} />}
            rightSection={colorScheme === value ? <IconCheck size={16} aria-label="chosen" /> : null}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
