import { useAuthActions } from "@convex-dev/auth/react";
import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconCheck, IconDeviceDesktop, IconLogout, IconMoon, IconSun } from "@tabler/icons-react";
import { Target } from "../ui/Target";
import type { PopoverProps } from "../ui/usePopoverButton";
import type { AccountMenuProps } from "./AccountMenu";

const colorSchemes = [
  { value: "light", label: "Light", icon: IconSun },
  { value: "dark", label: "Dark", icon: IconMoon },
  { value: "auto", label: "Like this device", icon: IconDeviceDesktop },
] as const;

/** Switches between stores and colour schemes, and signs out. */
export default function AccountMenuDropdown({
  business,
  businesses,
  email,
  onSelectStore,
  target,
  ...popover
}: AccountMenuProps & PopoverProps) {
  const { signOut } = useAuthActions();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="bottom-end" width={240} {...popover}>
      <Menu.Target>
        <Target element={target} />
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
