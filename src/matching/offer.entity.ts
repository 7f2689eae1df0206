import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'matching', name: 'offer', synchronize: false })
export class OfferRow {
  @PrimaryColumn('integer') zone: number;
  @PrimaryColumn('integer') node: number;
  @PrimaryColumn('uuid', { name: 'enterprise_id' }) enterpriseId: string;
  @PrimaryColumn('smallint') activity: number;
  @Column('smallint') depth: number;
  @Column('smallint') modes: number;
  @Column('boolean', { name: 'country_wide' }) countryWide: boolean;
  @Column('text') kind: string;
  @Column('double precision', { name: 'value_min' }) valueMin: number;
  @Column('double precision', { name: 'value_max' }) valueMax: number;
  @Column('date', { name: 'free_from' }) freeFrom: string;
  @Column('double precision', { nullable: true }) x: number | null;
  @Column('double precision', { nullable: true }) y: number | null;
  @Column('double precision', { nullable: true }) z: number | null;
  @Column('double precision') reach2: number;
}
